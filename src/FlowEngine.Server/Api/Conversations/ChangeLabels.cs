using FlowEngine.Server.Administration;
using LabelsCommand = FlowEngine.Engine.Mailbox.ChangeLabels;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>Put labels on and take them off; owner and epoch stay (race R14).</summary>
internal static class ChangeLabels
{
    public static void Map(IEndpointRouteBuilder api) => api.MapCommand<Body>("labels", "Add and remove labels", Read);

    public sealed record Body
    {
        public IReadOnlyList<string>? Add { get; init; }

        public IReadOnlyList<string>? Remove { get; init; }
    }

    private static LabelsCommand Read(Body body, FieldErrors errors)
    {
        var (add, remove) = (body.Add ?? [], body.Remove ?? []);
        errors.Check(add.Count + remove.Count > 0, "add", "or remove is required");
        errors.Check(add.Concat(remove).All(l => !string.IsNullOrWhiteSpace(l) && l.Length <= 64), "add", "and remove have labels of 1 to 64 characters");
        return new LabelsCommand([.. add.Distinct(StringComparer.Ordinal)], [.. remove.Distinct(StringComparer.Ordinal)]);
    }
}
