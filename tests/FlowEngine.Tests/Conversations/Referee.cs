using FlowEngine.Conversations;

namespace FlowEngine.Tests.Conversations;

/// <summary>
/// The reference: the invariants of ownership.md section 7 and the transitions of section 4, said once more in other words than the product's.
/// It remembers only what it saw itself.
/// </summary>
internal sealed class Referee
{
    /// <summary>
    /// A person took it and nobody has given it to a bot since (invariant I4). A reply of somebody to whom a run gave it takes nothing: there the
    /// run's last words may still go, before the reply.
    /// </summary>
    private bool personHolds;

    public void SawDecision(MoveKind kind, Conversation before, Decision decision)
    {
        var after = decision.Next;
        if (!decision.Accepted)
        {
            Must(ReferenceEquals(after, before) && decision.History.Count == 0, kind, "a refusal changes nothing");
            Must(decision.Refusal!.Owner == before.Owner && decision.Refusal.Epoch == before.Epoch, kind, "a refusal names the owner and the epoch");
            return;
        }

        EpochFollowsOwner(kind, before, after);
        StoryTellsTheState(kind, before, decision);
        StageIsKept(kind, before, after);
        ClockIsKept(kind, before, after);
        StateIsSound(kind, after);
        OwnerIsAsTheRowSays(kind, before, after);
        // A queue that holds what a person took may be given to an automation, where its connection says so: as a release to the bot.
        personHolds = after.Lifecycle == Lifecycle.Active && kind is not (MoveKind.ReleaseToFlow or MoveKind.ClaimAsApp)
            && (personHolds || (kind is MoveKind.Claim or MoveKind.Reply or MoveKind.Reopen or MoveKind.PhoneEcho or MoveKind.Transfer && after.Epoch != before.Epoch));
    }

    public void SawVerdict(Conversation now, Message message, GateVerdict verdict, DateTimeOffset at)
    {
        if (verdict is not GateVerdict.Release)
        {
            return;
        }

        var human = message.Author == AuthorKind.Agent;
        Must(human || message.Epoch == now.Epoch, MoveKind.Deliver, "no automatic message leaves under an old epoch (I3)");
        Must(human || message.LastWords || !now.Problems.Any(p => p.Blocking && p.MessageId != message.Id), MoveKind.Deliver, "a parked run says nothing");
        Must(human || !personHolds, MoveKind.Deliver, "no automatic message leaves between a claim and the next release to the bot (I4)");
        Must(now.WindowUntil > at, MoveKind.Deliver, "free text leaves only while the window is open (I15)");
        Must(message.Author != AuthorKind.OtherApp || message.LastWords || now.Owner.Id == message.AuthorId, MoveKind.Deliver, "only the owning automation speaks");
        Must(!human || message.Intervention || now.Owner.Id == message.AuthorId, MoveKind.Deliver, "only the owner speaks");
        Must(now.Lifecycle == Lifecycle.Active || message.LastWords, MoveKind.Deliver, "a finished episode is silent");
    }

    public static void SawSettle(Conversation before, Conversation after, Message message, long lastLead)
    {
        var answered = message.Episode == before.Episode && lastLead <= message.Order;
        var human = answered && message.Author == AuthorKind.Agent;
        Must(after.UnansweredSince.HasValue == (before.UnansweredSince.HasValue && !answered), MoveKind.Deliver, "an answer ends unanswered-since");
        Must(after.HumanWaitSince.HasValue == (before.HumanWaitSince.HasValue && !human), MoveKind.Deliver, "only a person's answer ends the human clock");
        var byPerson = message.Episode == before.Episode && message.Author == AuthorKind.Agent;
        Must(after.PersonAnswered == (before.PersonAnswered || byPerson), MoveKind.Deliver, "a person has answered once a person's message is accepted");
        var rest = after with
        {
            UnansweredSince = before.UnansweredSince, HumanWaitSince = before.HumanWaitSince, LastActivityAt = before.LastActivityAt, PersonAnswered = before.PersonAnswered,
        };
        Must(rest == before, MoveKind.Deliver, "settling touches the clocks only");
    }

    /// <summary>I2, and section 1: what revokes without a change of owner is a fault, a finalize and a reopen.</summary>
    private static void EpochFollowsOwner(MoveKind kind, Conversation before, Conversation after)
    {
        var moved = before.Owner.Kind != after.Owner.Kind || before.Owner.Id != after.Owner.Id;
        var revokes = before.Lifecycle != after.Lifecycle || (after != before && (kind, before.Owner.Kind) is (MoveKind.Fault, OwnerKind.Flow) or (MoveKind.FaultOfApp, OwnerKind.OtherApp));
        var grew = after.Epoch - before.Epoch;
        Must(grew >= (moved ? 1 : 0), kind, "the epoch grows with each change of owner");
        Must(grew <= (moved || revokes ? 1 : 0), kind, "the epoch grows by nothing else");
        Must(after.Lifecycle == before.Lifecycle || grew == 1, kind, "finalize and reopen take every grant away");
    }

    /// <summary>I19: each entry starts where the state was, and the last one ends where it is; without entries nothing of it changed.</summary>
    private static void StoryTellsTheState(MoveKind kind, Conversation before, Decision decision)
    {
        var after = decision.Next;
        var told = decision.History.Count > 0 ? decision.History[^1] : null;
        Must(decision.History.All(h => h.From == before.Owner && h.TabFrom == before.Tab), kind, "each entry starts where the state was");
        Must((told?.To ?? before.Owner) == after.Owner, kind, "the story ends with the owner");
        Must((told?.TabTo ?? before.Tab) == after.Tab, kind, "the story ends in the tab");
        Must((told?.Epoch ?? before.Epoch) == after.Epoch, kind, "the story ends with the epoch");
        Must(decision.History.Count(h => h.Kind == "tabChanged") == (before.Tab == after.Tab ? 0 : 1), kind, "a change of tab is told once");
    }

    /// <summary>Engaged is never lost within an episode except by finalize, and by the recorded finalization of a release to the bot.</summary>
    private static void StageIsKept(MoveKind kind, Conversation before, Conversation after)
    {
        var same = after.Episode == before.Episode && after.Lifecycle == Lifecycle.Active && kind != MoveKind.ReleaseToFlow;
        Must(before.Stage != Stage.Engaged || !same || after.Stage == Stage.Engaged, kind, "the attention is not ended");
    }

    /// <summary>I14: a running human clock is neither moved nor ended but by the few that may.</summary>
    private static void ClockIsKept(MoveKind kind, Conversation before, Conversation after)
    {
        var ends = after.Lifecycle == Lifecycle.Finished || after.Episode != before.Episode || kind is MoveKind.PhoneEcho or MoveKind.ReleaseToFlow or MoveKind.NoAnswerNeeded
            || (!before.LeadWrote && kind is MoveKind.Dismiss or MoveKind.EndFlow or MoveKind.ReleaseByApp)
            || IsGivenBackToTheBot(before, after);
        Must(before.HumanWaitSince is null || ends || after.HumanWaitSince == before.HumanWaitSince, kind, "the clock is left alone");
    }

    /// <summary>The last problem that had parked a run or automation is repaired, and no person was promised: the bot owes the answer again.</summary>
    private static bool IsGivenBackToTheBot(Conversation before, Conversation after) =>
        before.Owner == after.Owner && before.Owner.Kind is OwnerKind.Flow or OwnerKind.OtherApp && before.Stage == Stage.None
        && before.Problems.Any(p => p.Blocking) && after.Problems.Length < before.Problems.Length;

    private static void StateIsSound(MoveKind kind, Conversation c)
    {
        if (c.Lifecycle == Lifecycle.Finished)
        {
            Must(c.Tab == Tab.Finished && c.Owner == Owner.Nobody && c.FlowInstance is null, kind, "a finished episode has nobody and no run (I16)");
            Must(c.HumanWaitSince is null && c.UnansweredSince is null, kind, "a finished episode has no clock");
            return;
        }

        var owed = c.UnansweredSince is not null || c.HumanWaitSince is not null;
        Must(!owed || c.Tab != Tab.NotStarted, kind, "who waits is never invisible (I10)");
        Must(!owed || c.Tab != Tab.Automated || c.Owner.Kind is OwnerKind.Flow or OwnerKind.OtherApp, kind, "Automated needs a live flow or automation while the lead waits (I10)");
        Must(c.Owner.Kind != OwnerKind.Flow || (c.Stage == Stage.None && c.Owner.Id == c.FlowInstance.ToString()), kind, "a flow owns through its run");
        Must(c.Owner.Kind != OwnerKind.OtherApp || c.Stage == Stage.None, kind, "an outside automation owns only what no person attends or is awaited for");
        Must(c.Owner.Kind is OwnerKind.Nobody or OwnerKind.Flow or OwnerKind.OtherApp || c.Stage != Stage.None, kind, "people attend in a stage");
        Must(c.Owner.Kind != OwnerKind.Agent || c.ResponsibleId.ToString() == c.Owner.Id, kind, "the owner is responsible");
        Must((c.Tab == Tab.Error) == c.Problems.Any(p => p.Blocking), kind, "Error is what blocks");
        var waitsForPeople = c is { LeadWrote: true, Owner.Kind: OwnerKind.Nobody } && kind is MoveKind.OweAnswer or MoveKind.EndFlow or MoveKind.Dismiss;
        Must(!waitsForPeople || c.HumanWaitSince is not null || c.Stage != Stage.None, kind, "a lead who wrote and whom nobody owns waits for a person");
    }

    /// <summary>Section 4, the column "to": which kinds of owner each verb may leave behind when it changes the owner.</summary>
    private static void OwnerIsAsTheRowSays(MoveKind kind, Conversation before, Conversation after)
    {
        if (before.Owner.Kind == after.Owner.Kind && before.Owner.Id == after.Owner.Id)
        {
            return;
        }

        OwnerKind[] may = kind switch
        {
            MoveKind.LeadWrites when before.Lifecycle == Lifecycle.Finished => [OwnerKind.Agent],
            MoveKind.StartFlow => [OwnerKind.Flow],
            MoveKind.HandOff => [OwnerKind.Queue, OwnerKind.Agent],
            MoveKind.EndFlow => [OwnerKind.Queue, OwnerKind.Nobody],
            MoveKind.FinalizeByFlow or MoveKind.Finalize or MoveKind.Dismiss => [OwnerKind.Nobody],
            MoveKind.Fault when before.Lifecycle == Lifecycle.Finished => [OwnerKind.Agent],
            MoveKind.Claim or MoveKind.Reply or MoveKind.Reopen => [OwnerKind.Agent],
            MoveKind.Transfer => [OwnerKind.Agent, OwnerKind.Queue],
            MoveKind.ReleaseToQueue => [OwnerKind.Queue],
            MoveKind.ReleaseToFlow => [OwnerKind.Flow, OwnerKind.Nobody],
            MoveKind.PhoneEcho => [OwnerKind.PersonOutside],
            MoveKind.ClaimAsApp when before.Owner.Kind is not (OwnerKind.Agent or OwnerKind.PersonOutside or OwnerKind.OtherApp) => [OwnerKind.OtherApp],
            MoveKind.HandOffByApp => [OwnerKind.Queue, OwnerKind.Agent],
            MoveKind.ReleaseByApp => [OwnerKind.Nobody],
            MoveKind.TakeFromApp => [OwnerKind.Queue, OwnerKind.Nobody],
            MoveKind.AgentGone => [OwnerKind.Queue, OwnerKind.Nobody],
            _ => [],
        };
        Must(may.Contains(after.Owner.Kind), kind, "it may not leave this owner behind");
        var byRun = kind is MoveKind.HandOff or MoveKind.EndFlow or MoveKind.FinalizeByFlow;
        Must(!byRun || before.Owner.Kind == OwnerKind.Flow, kind, "only an owning run gives a conversation away");
        var byApp = kind is MoveKind.HandOffByApp or MoveKind.ReleaseByApp or MoveKind.TakeFromApp;
        Must(!byApp || before.Owner.Kind == OwnerKind.OtherApp, kind, "only an owning automation gives a conversation away");
        Must(kind != MoveKind.ClaimAsApp || (before.Stage != Stage.Engaged && before.Tab != Tab.Error), kind, "an automation takes nothing that a person attends or must see to");
    }

    // Plain, because it runs some millions of times.
    private static void Must(bool holds, MoveKind kind, string rule)
    {
        if (!holds)
        {
            Assert.Fail($"{kind}: {rule}");
        }
    }
}
