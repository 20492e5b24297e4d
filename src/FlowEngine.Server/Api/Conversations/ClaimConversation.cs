using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>Become owner. The answer names what a bot still has on its way, and what was stopped.</summary>
internal static class ClaimConversation
{
    public static void Map(IEndpointRouteBuilder api) => api.MapCommand<Body>(
        "claim", "Become the owner; with expectedEpoch only if nothing has changed since", (body, _) => new Claim(body.ExpectedEpoch));

    public sealed record Body
    {
        public long? ExpectedEpoch { get; init; }
    }
}
