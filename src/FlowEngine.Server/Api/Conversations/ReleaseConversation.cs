using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Administration;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>Give it back to a flow (the parked run resumes, or the named flow starts) or to a queue.</summary>
internal static class ReleaseConversation
{
    public static void Map(IEndpointRouteBuilder api) => api.MapCommand<Body>("release", "Give back to a flow or a queue", Read);

    public sealed record Body
    {
        /// <summary><c>flow</c> or <c>queue</c>.</summary>
        public string? To { get; init; }

        public string? Flow { get; init; }

        public string? Department { get; init; }
    }

    private static Release Read(Body body, FieldErrors errors)
    {
        errors.Check(body.To is "flow" or "queue", "to", "is flow or queue");
        return new Release(body.To ?? "", errors.Optional(body.Flow, "flow", 200), errors.Optional(body.Department, "department", 64));
    }
}
