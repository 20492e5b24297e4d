using ReadCommand = FlowEngine.Engine.Mailbox.MarkRead;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>The messages were seen at the desk; the lead learns nothing of it (invariant I21).</summary>
internal static class MarkRead
{
    public static void Map(IEndpointRouteBuilder api) => api.MapCommand<Body>("read", "Mark as seen at the desk", (_, _) => new ReadCommand());

    public sealed record Body;
}
