using NoAnswerNeededCommand = FlowEngine.Engine.Mailbox.NoAnswerNeeded;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>The lead's last words want no answer: the clock stops until the next message. With seenOrder it is refused when the lead has written since.</summary>
internal static class NoAnswerNeeded
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapCommand<Body>("no-answer-needed", "Stop the clock of a lead whose last words want no answer", (body, _) => new NoAnswerNeededCommand(body.SeenOrder));

    public sealed record Body
    {
        /// <summary>Order number of the newest message that the caller has seen.</summary>
        public long? SeenOrder { get; init; }
    }
}
