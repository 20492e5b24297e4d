using System.Collections.Immutable;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Leads;
using FieldsCommand = FlowEngine.Engine.Mailbox.ChangeFields;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>Set what is known of the lead; null takes a field away.</summary>
internal static class ChangeFields
{
    public static void Map(IEndpointRouteBuilder api) => api.MapCommand<Body>("fields", "Set fields of the lead; null removes one", Read);

    public sealed record Body
    {
        public IReadOnlyDictionary<string, string?>? Set { get; init; }
    }

    private static FieldsCommand Read(Body body, FieldErrors errors)
    {
        var set = body.Set ?? ImmutableDictionary<string, string?>.Empty;
        errors.Check(set.Count > 0, "set", "is required");
        LeadFields.Check(set, "set", errors);
        return new FieldsCommand(set);
    }
}
