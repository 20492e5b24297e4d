using CsCheck;

namespace FlowEngine.Tests.Conversations;

internal enum MoveKind
{
    LeadWrites, StartFlow, FlowSays, HandOff, EndFlow, FinalizeByFlow, Fault, Repair, Retry, Skip, PauseConnection, Dismiss, Claim, Reply, Transfer, ReleaseToQueue,
    ReleaseToFlow, Finalize, NoAnswerNeeded, Reopen, PhoneEcho, AgentGone, Facts, Deliver, ClaimAsApp, AppSays, HandOffByApp, ReleaseByApp, TakeFromApp, FaultOfApp,

    /// <summary>Not drawn: follows a message or a release in the same turn.</summary>
    OweAnswer,
}

/// <summary>One random move; who and how much mean what the kind makes of them.</summary>
internal sealed record Move(MoveKind Kind, int Conversation, int Who, int Minutes)
{
    // What happens often in an inbox is drawn often; every kind is drawn.
    private static readonly MoveKind[] Weighted =
    [
        .. Enum.GetValues<MoveKind>().Where(k => k != MoveKind.OweAnswer),
        MoveKind.LeadWrites, MoveKind.LeadWrites, MoveKind.StartFlow, MoveKind.FlowSays, MoveKind.FlowSays, MoveKind.FlowSays, MoveKind.HandOff,
        MoveKind.ClaimAsApp, MoveKind.ClaimAsApp, MoveKind.AppSays, MoveKind.AppSays, MoveKind.Claim, MoveKind.Claim, MoveKind.Reply, MoveKind.ReleaseToFlow, MoveKind.ReleaseToFlow, MoveKind.Deliver, MoveKind.Deliver, MoveKind.Deliver,
    ];

    public static readonly Gen<Move[]> Script =
        Gen.Select(Gen.OneOf(Weighted), Gen.Int[0, 2], Gen.Int[0, 4], Gen.Int[0, 11], (kind, which, who, minutes) => new Move(kind, which, who, minutes)).Array[1, 80];
}
