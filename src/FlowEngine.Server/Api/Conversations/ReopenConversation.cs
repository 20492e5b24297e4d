using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>A new episode of a finished conversation, owned by who reopens it.</summary>
internal static class ReopenConversation
{
    public static void Map(IEndpointRouteBuilder api) => api.MapCommand<Body>("reopen", "Open a new episode", (_, _) => new Reopen());

    public sealed record Body;
}
