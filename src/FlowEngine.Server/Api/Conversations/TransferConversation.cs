using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Administration;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>Pass it to another agent, or to a department's queue. An engaged conversation stays Open.</summary>
internal static class TransferConversation
{
    public static void Map(IEndpointRouteBuilder api) => api.MapCommand<Body>("transfer", "Pass to an agent or a department", Read);

    public sealed record Body
    {
        public Guid? Agent { get; init; }

        public string? Department { get; init; }

        public string? Note { get; init; }
    }

    private static Transfer Read(Body body, FieldErrors errors)
    {
        var department = errors.Optional(body.Department, "department", 64);
        errors.Check(department is not null || body.Agent is not null, "department", "or agent is required");
        return new Transfer(department, body.Agent, errors.Optional(body.Note, "note", 2000));
    }
}
