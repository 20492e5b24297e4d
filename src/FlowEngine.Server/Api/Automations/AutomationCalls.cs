using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Access;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Api.Conversations;

namespace FlowEngine.Server.Api.Automations;

/// <summary>
/// What an outside automation (n8n, Elsa, own code; API role <c>automation</c>) may do: own a conversation, speak, hand off, let go, under the same
/// rules as a flow. Whoever lost the conversation is answered 409 with the present owner and epoch.
/// </summary>
internal static class AutomationCalls
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var room = api.MapGroup("").RequireAuthorization(Policies.Automation);
        room.MapCommand<ClaimBody>("automation/claim", "Become the owner as an outside automation; the answer's epoch is the grant", Claim).WithTags(Tag);
        room.MapCommand<MessageBody>("automation/messages", "Send as the owning automation, under the epoch of its grant", AutomationMessage.Read, body => body.ClientId, SendMessage.Complete).WithTags(Tag);
        room.MapCommand<HandOffBody>("automation/handoff", "Give the conversation to people, with last words, reason and summary", HandOff).WithTags(Tag);
        room.MapCommand<ReleaseBody>("automation/release", "Let go: to nobody, or to a flow", Release).WithTags(Tag);
    }

    private const string Tag = "Automations";

    public sealed record ClaimBody
    {
        public long? ExpectedEpoch { get; init; }
    }

    public sealed record HandOffBody
    {
        /// <summary>The epoch of the grant, as the claim or the newest webhook said.</summary>
        public long? Epoch { get; init; }

        /// <summary>A department's key; without it and without an agent, the conversation's own or the connection's.</summary>
        public string? Department { get; init; }

        public Guid? Agent { get; init; }

        /// <summary><c>waiting</c> (the default) or <c>open</c>; open needs an agent.</summary>
        public string? Mode { get; init; }

        public string? Reason { get; init; }

        public string? Summary { get; init; }

        /// <summary>What the lead is told at last, such as that a person will answer.</summary>
        public string? Words { get; init; }
    }

    public sealed record ReleaseBody
    {
        /// <summary><c>nobody</c> (the default) or <c>flow</c>.</summary>
        public string? To { get; init; }

        /// <summary>Definition id of the flow; without it the parked run goes on, or the connection's flow starts.</summary>
        public string? Flow { get; init; }

        public long? Epoch { get; init; }
    }

    private static ClaimAsApp Claim(ClaimBody body, FieldErrors errors) => new(body.ExpectedEpoch);

    private static HandOffByApp HandOff(HandOffBody body, FieldErrors errors)
    {
        var mode = body.Mode?.ToLowerInvariant() ?? "waiting";
        errors.Check(body.Epoch is not null, "epoch", "is required");
        errors.Check(mode is "waiting" or "open", "mode", "is waiting or open");
        errors.Check(mode != "open" || body.Agent is not null, "agent", "is required in mode open");
        return new HandOffByApp(
            body.Epoch ?? 0, errors.Optional(body.Department, "department", 64), body.Agent, mode == "open" ? HandOffMode.Open : HandOffMode.Waiting,
            errors.Optional(body.Reason, "reason", 500), errors.Optional(body.Summary, "summary", 4000), errors.Optional(body.Words, "words", AutomationMessage.MaxText));
    }

    private static ReleaseByApp Release(ReleaseBody body, FieldErrors errors)
    {
        errors.Check(body.To is null or "nobody" or "flow", "to", "is nobody or flow");
        errors.Check(body.Flow is null || body.To == "flow", "flow", "goes with to = flow");
        return new ReleaseByApp(body.To == "flow", errors.Optional(body.Flow, "flow", 200), body.Epoch);
    }
}
