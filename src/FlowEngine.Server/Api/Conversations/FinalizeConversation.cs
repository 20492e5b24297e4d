using FinalizeCommand = FlowEngine.Engine.Mailbox.FinalizeConversation;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>Close the episode. With seenOrder it is refused when the lead has written since (race R50).</summary>
internal static class FinalizeConversation
{
    public static void Map(IEndpointRouteBuilder api) => api.MapCommand<Body>(
        "finalize", "Close the episode", (body, errors) => new FinalizeCommand(errors.Optional(body.Reason, "reason", 500), body.SeenOrder));

    public sealed record Body
    {
        public string? Reason { get; init; }

        /// <summary>Order number of the newest message that the caller has seen.</summary>
        public long? SeenOrder { get; init; }
    }
}
