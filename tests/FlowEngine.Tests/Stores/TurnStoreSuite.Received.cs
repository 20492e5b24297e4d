using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Tests.Stores;

/// <summary>Turns of events that are stored in the turn's own commit.</summary>
public abstract partial class TurnStoreSuite
{
    [SkippableFact]
    public async Task The_run_that_alone_waits_for_a_signal_is_loaded_by_it_with_its_due_timers()
    {
        var run = await WaitingRun("k1", dueAt: Start);
        await WaitingRun("k2", "HASH-OTHER");

        (await LoadWaiting(new SignalTarget(Paid.Hash))).Should().BeEquivalentTo(await LoadRun(run));
        (await LoadWaiting(new SignalTarget(Paid.Hash, "k1", run)))!.DueTimers.Should().ContainSingle();
        (await LoadWaiting(new SignalTarget(Paid.Hash, "k2"))).Should().BeNull();
        (await LoadWaiting(new SignalTarget(Paid.Hash, Instance: Ids.NextRun()))).Should().BeNull();
    }

    [SkippableFact]
    public async Task A_signal_is_stored_first_when_several_wait_for_it_or_a_conversation_does_or_something_is_pending_there()
    {
        await Waiting(await NewConversation(), null);
        (await LoadWaiting(new SignalTarget("HASH-b1"))).Should().BeNull("a conversation's run has a turn of its own kind");

        var one = await WaitingRun("k1");
        await Append(Signal());
        (await LoadWaiting(new SignalTarget(Paid.Hash))).Should().BeNull("an earlier one goes first");

        await TurnRun(one);
        (await LoadWaiting(new SignalTarget(Paid.Hash))).Should().NotBeNull();
        await WaitingRun("k2");
        (await LoadWaiting(new SignalTarget(Paid.Hash))).Should().BeNull("two wait");
        (await LoadWaiting(new SignalTarget(Paid.Hash, "k1"))).Should().NotBeNull();
    }

    [SkippableFact]
    public async Task What_another_node_holds_is_not_loaded_by_a_signal()
    {
        var other = On(new NodeId("b"));
        await Alive(Store, other);
        await WaitingRun("k1");

        (await other.LoadWaiting(new SignalTarget(Paid.Hash), Start, CancellationToken.None)).Should().NotBeNull("a run that has nothing to do is nobody's");
        await Append(Begins("held") with { NewRun = null, ConversationId = (await LoadWaiting(new SignalTarget(Paid.Hash)))!.Mailbox });
        (await other.LoadWaiting(new SignalTarget(Paid.Hash), Start, CancellationToken.None)).Should().BeNull();
    }

    [SkippableFact]
    public async Task An_event_is_stored_as_done_with_its_turn_and_its_key_is_known_from_then_on()
    {
        var run = await WaitingRun("k1");
        var (signal, outcome) = (Signal("paid-once"), new RunOutcome(run, WorkflowStatus.Running, WorkflowSubStatus.Suspended, null));
        var received = new ReceivedEvent(signal.For(signal.Id, run, run), TurnText.Write(outcome));

        (await TurnRun(run, (_, c) => c with { Received = received })).Should().BeTrue();

        (await LoadRun(run)).Should().BeEquivalentTo(new { MailboxVersion = 2, Events = Array.Empty<PendingEvent>() });
        (await Due()).Should().BeEmpty();
        (await Store.FindRunOutcome(signal.Id, CancellationToken.None)).Should().BeEquivalentTo(outcome);
        await Append(Signal("paid-once"));
        (await LoadRun(run)).Events.Should().BeEmpty("the run has had this signal");
        (await TurnRun(run, (_, c) => c with { Received = received with { Event = received.Event with { Id = Ids.Next() } } })).Should().BeFalse("the key is known");
        (await LoadRun(run)).MailboxVersion.Should().Be(2, "nothing was written");
    }

    [SkippableFact]
    public async Task Nothing_is_stored_of_an_event_whose_turn_is_behind_the_fence()
    {
        var run = await WaitingRun("k1");
        var signal = Signal("late");
        var received = new ReceivedEvent(signal.For(signal.Id, run, run), null);

        (await TurnRun(run, (_, c) => c with { ExpectedVersion = 0, Received = received })).Should().BeFalse();

        (await Append(signal))[0].Status.Should().Be(AppendStatus.Appended);
        (await LoadRun(run)).Events.Should().ContainSingle();
        (await TurnRun(run, (_, c) => c with { Events = [], Received = received with { Event = received.Event with { DedupeKey = "other", Id = Ids.Next() } } })).Should().BeTrue();
        (await Due()).Should().Equal([run], "what came meanwhile is still to be turned");
    }

    [SkippableFact]
    public async Task A_run_begins_with_its_first_event_and_its_mailbox_in_one_commit_and_a_known_key_begins_none()
    {
        var (begun, again) = (Begins("once"), Begins("once"));

        (await Begin(begun)).Should().BeTrue();
        (await Begin(again)).Should().BeFalse();

        (await LoadRun(begun.NewRun!.Value)).Should().BeEquivalentTo(new { MailboxVersion = 1, Instance = new { Id = begun.NewRun }, Events = Array.Empty<PendingEvent>() });
        (await Store.LoadRun(again.NewRun!.Value, Start, CancellationToken.None)).Should().BeNull();
        (await Append(again))[0].Should().Be(new AppendResult(AppendStatus.Duplicate, begun.Id, begun.NewRun.Value));
    }

    [SkippableFact]
    public async Task A_run_that_may_not_claim_what_it_wants_does_not_begin()
    {
        var (first, second) = (Begins("first"), Begins("second"));

        (await Begin(first, "definition:flow")).Should().BeTrue();
        (await Begin(second, "definition:flow")).Should().BeFalse();

        (await Store.LoadRun(second.NewRun!.Value, Start, CancellationToken.None)).Should().BeNull();
        (await Append(second))[0].Status.Should().Be(AppendStatus.Appended);
    }

    private Task<bool> Begin(NewEvent begun, string? claim = null) => TurnRun(begun.NewRun!.Value, (_, c) => c with
    {
        Received = new ReceivedEvent(begun, null),
        Claim = claim,
        Instances = [Run(Guid.Empty) with { Id = begun.NewRun!.Value, ConversationId = null, CorrelationId = "k1" }],
    });

    private async Task<RunLoad?> LoadWaiting(SignalTarget signal) => await Store.LoadWaiting(signal, Start, CancellationToken.None);
}
