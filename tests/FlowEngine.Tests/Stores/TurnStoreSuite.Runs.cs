using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Tests.Stores;

/// <summary>Runs without a conversation: their mailboxes, the signals that find them, and what only one of them may hold.</summary>
public abstract partial class TurnStoreSuite
{
    private static readonly StimulusEvent Paid = new("paid", "HASH-PAID", """{"amount":5}""");

    [SkippableFact]
    public async Task The_first_event_of_a_run_makes_its_mailbox_and_the_same_key_begins_nothing_more()
    {
        var (first, again) = (Begins("once"), Begins("once"));

        var results = await Append(first, again);

        results[0].Should().Be(new AppendResult(AppendStatus.Appended, first.Id, first.NewRun!.Value));
        results[1].Should().Be(new AppendResult(AppendStatus.Duplicate, first.Id, first.NewRun!.Value));
        (await Due()).Should().Equal(first.NewRun!.Value);
        (await LoadRun(first.NewRun.Value)).Should().BeEquivalentTo(new { Mailbox = first.NewRun, MailboxVersion = 0, Instance = (InstanceRecord?)null });
        (await LoadRun(first.NewRun.Value)).Events.Should().ContainSingle().Which.Event.Should().Be(first.Event);
    }

    [SkippableFact]
    public async Task A_run_and_a_conversation_are_loaded_each_by_their_own_door()
    {
        var (conversation, run) = (await NewConversation(), await WaitingRun("k1"));

        (await Store.LoadRun(conversation, Start, CancellationToken.None)).Should().BeNull();
        (await Store.Load(run, Start, CancellationToken.None)).Should().BeNull();
        (await Store.LoadRun(Ids.NextRun(), Start, CancellationToken.None)).Should().BeNull();
    }

    [SkippableFact]
    public async Task A_run_is_there_as_it_was_written_with_its_due_timers()
    {
        var run = await WaitingRun("k1", dueAt: Start.AddMinutes(1));

        (await LoadRun(run)).Should().BeEquivalentTo(new { MailboxVersion = 1, Instance = new { Id = run, CorrelationId = "k1" }, DueTimers = Array.Empty<TimerRecord>() });
        (await Due()).Should().BeEmpty();
        (await NextDue()).Should().Be(Start.AddMinutes(1));
        (await Due(Start.AddMinutes(1))).Should().Equal(run);
        (await Store.LoadRun(run, Start.AddMinutes(1), CancellationToken.None))!.DueTimers.Should().Equal(new TimerRecord(run, "b1", Start.AddMinutes(1)));
    }

    [SkippableFact]
    public async Task A_signal_goes_into_the_mailbox_of_each_run_that_waits_for_it_and_of_no_other()
    {
        var (one, two, three, other) = (await WaitingRun("k1"), await WaitingRun("k2"), await WaitingRun("k4"), await WaitingRun("k3", "HASH-OTHER"));
        var conversation = await NewConversation();
        var parked = await Waiting(conversation, null);

        var result = (await Append(Signal()))[0];

        result.Should().BeEquivalentTo(new { Status = AppendStatus.Appended, Others = 2 });
        (await Due()).Should().BeEquivalentTo([one, two, three]);
        (await LoadRun(one)).Events.Should().ContainSingle().Which.Event.Should().Be(Paid);
        (await LoadRun(other)).Events.Should().BeEmpty();
        parked.ConversationId.Should().Be(conversation);
    }

    [SkippableFact]
    public async Task A_signal_for_a_correlation_id_or_for_one_run_reaches_only_that()
    {
        var (one, two) = (await WaitingRun("k1"), await WaitingRun("k2"));

        (await Append(Signal(correlationId: "k2")))[0].Should().BeEquivalentTo(new { Status = AppendStatus.Appended, Mailbox = two, Others = 0 });
        (await Append(Signal(instance: one)))[0].Mailbox.Should().Be(one);
        (await Append(Signal(correlationId: "k1", instance: two)))[0].Status.Should().Be(AppendStatus.Unknown);
    }

    [SkippableFact]
    public async Task The_same_signal_reaches_a_run_once_however_often_it_is_sent()
    {
        var run = await WaitingRun("k1");
        var signal = Signal("twice");

        await Append(signal);
        await Append(Signal("twice"));

        (await LoadRun(run)).Events.Should().ContainSingle();
    }

    [SkippableFact]
    public async Task A_signal_that_nobody_waits_for_is_kept_and_goes_to_the_first_bookmark_in_the_commit_that_adds_it()
    {
        (await Append(Signal(keepUntil: Start.AddMinutes(10))))[0].Status.Should().Be(AppendStatus.Kept);

        var (first, second) = (await WaitingRun("k1"), await WaitingRun("k2"));

        (await LoadRun(first)).Events.Should().ContainSingle().Which.Event.Should().Be(Paid);
        (await Due()).Should().Equal(first);
        (await LoadRun(second)).Events.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_kept_signal_is_for_its_correlation_id_and_no_longer_than_its_time()
    {
        await Append(Signal(correlationId: "k2", keepUntil: Start.AddMinutes(10)), Signal(keepUntil: Start.AddSeconds(-1)));

        (await LoadRun(await WaitingRun("k1"))).Events.Should().BeEmpty();
        (await LoadRun(await WaitingRun("k2"))).Events.Should().ContainSingle();
        (await Store.DeliverKept(Start, CancellationToken.None)).Should().Be(0);
    }

    [SkippableFact]
    public async Task What_was_kept_beside_its_bookmark_is_found_by_the_sweep_and_given_once()
    {
        // A bookmark of a name that takes nothing in its own commit, as if both had been stored at the same moment.
        var run = await WaitingRun("k1", "HASH-X");
        await Append(Signal(keepUntil: Start.AddMinutes(10)));
        await TurnRun(run, (_, c) => c with { BookmarksAdded = [Bookmark(run, "b2", "k1", "HASH-PAID", null)] });

        (await Store.DeliverKept(Start, CancellationToken.None)).Should().Be(0, "the commit has given it already");
        (await LoadRun(run)).Events.Should().ContainSingle();
    }

    [SkippableFact]
    public async Task A_turn_begins_other_runs_and_sends_signals_in_its_own_commit()
    {
        var (sender, waiting) = (await WaitingRun("k1", "HASH-X"), await WaitingRun("k2"));
        var (child, begun) = (Ids.NextRun(), Begins("begun"));

        (await TurnRun(sender, (_, c) => c with { ExpectedVersion = 99, NewRuns = [child], Enqueued = [begun, Signal()] })).Should().BeFalse();
        (await LoadRun(waiting)).Events.Should().BeEmpty();
        (await Store.LoadRun(child, Start, CancellationToken.None)).Should().BeNull();

        (await TurnRun(sender, (_, c) => c with { NewRuns = [child], Enqueued = [begun, Signal()] })).Should().BeTrue();
        (await LoadRun(waiting)).Events.Should().ContainSingle();
        (await LoadRun(child)).Events.Should().BeEmpty();
        (await LoadRun(begun.NewRun!.Value)).Events.Should().ContainSingle();
    }

    [SkippableFact]
    public async Task What_one_run_claims_no_other_can_until_it_is_free()
    {
        var (one, two) = (await WaitingRun("k1"), await WaitingRun("k2"));

        (await TurnRun(one, (_, c) => c with { Claim = "definition:flow" })).Should().BeTrue();
        (await TurnRun(two, (_, c) => c with { Claim = "definition:flow" })).Should().BeFalse();
        (await Store.FindHolder("definition:flow", CancellationToken.None)).Should().Be(one);
        (await LoadRun(two)).MailboxVersion.Should().Be(1, "nothing was written");

        (await TurnRun(one, (_, c) => c with { ClaimsFreed = one })).Should().BeTrue();
        (await Store.FindHolder("definition:flow", CancellationToken.None)).Should().BeNull();
        (await TurnRun(two, (_, c) => c with { Claim = "definition:flow", ClaimsFreed = two })).Should().BeTrue("a run that ends at once claims too");
        (await Store.FindHolder("definition:flow", CancellationToken.None)).Should().BeNull();
    }

    [SkippableFact]
    public async Task What_a_run_s_event_has_answered_can_be_read_by_the_event()
    {
        var begun = Begins("asked");
        await Append(begun);
        (await Store.FindRunOutcome(begun.Id, CancellationToken.None)).Should().BeNull();

        var outcome = new RunOutcome(begun.NewRun!.Value, WorkflowStatus.Finished, WorkflowSubStatus.Finished, null, new RunResponse(201, "\"ok\"", "text/plain", null));
        await TurnRun(begun.NewRun.Value, (_, c) => c with { Events = [new EventDone(begun.Id, TurnText.Write(outcome))] });

        (await Store.FindRunOutcome(begun.Id, CancellationToken.None)).Should().BeEquivalentTo(outcome);
    }

    [SkippableFact]
    public async Task A_run_s_mailbox_is_leased_and_passes_to_another_node_when_its_own_dies()
    {
        var other = On(new NodeId("b"));
        await Alive(Store, other);
        var begun = Begins("leased");
        await Append(begun);
        var run = begun.NewRun!.Value;

        (await other.LoadRun(run, Start, CancellationToken.None)).Should().BeNull();
        await other.Heartbeat(Dead, CancellationToken.None);
        await other.TakeOver(Dead, Dead, CancellationToken.None);

        (await other.LoadRun(run, Dead, CancellationToken.None))!.Events.Should().ContainSingle();
        (await TurnRun(run)).Should().BeFalse("the stalled node is fenced");
    }

    private NewEvent Begins(string key) => new(Ids.Next(), key, new RunStarted("flow", CorrelationId: "k1")) { NewRun = Ids.NextRun() };

    private NewEvent Signal(string? key = null, string? correlationId = null, Guid? instance = null, DateTimeOffset? keepUntil = null)
    {
        var id = Ids.Next();
        return new NewEvent(id, key ?? $"event:{id:N}", Paid) { Signal = new SignalTarget(Paid.Hash, correlationId, instance, keepUntil) };
    }

    private async Task<RunLoad> LoadRun(Guid run) => await Store.LoadRun(run, Start, CancellationToken.None) ?? throw new InvalidOperationException("no such run");

    private async Task<bool> TurnRun(Guid run, Func<RunLoad?, Checkpoint, Checkpoint>? with = null)
    {
        var load = await Store.LoadRun(run, Start, CancellationToken.None);
        var checkpoint = new Checkpoint
        {
            Mailbox = run,
            ExpectedVersion = load?.MailboxVersion ?? 0,
            Now = Start,
            Events = [.. (load?.Events ?? []).Select(e => new EventDone(e.Id, null))],
        };
        return await Store.Commit(with is null ? checkpoint : with(load, checkpoint), CancellationToken.None);
    }

    /// <summary>A run that waits for a named event.</summary>
    private async Task<Guid> WaitingRun(string correlationId, string hash = "HASH-PAID", DateTimeOffset? dueAt = null)
    {
        var begun = Begins($"run:{correlationId}");
        await Append(begun);
        var run = begun.NewRun!.Value;
        (await TurnRun(run, (_, c) => c with
        {
            Instances = [Run(Guid.Empty) with { Id = run, ConversationId = null, CorrelationId = correlationId }],
            BookmarksAdded = [Bookmark(run, "b1", correlationId, hash, dueAt)],
        })).Should().BeTrue();
        return run;
    }

    private static BookmarkRecord Bookmark(Guid run, string id, string correlationId, string hash, DateTimeOffset? dueAt) => new(run, id, "Elsa.Event", hash, run, correlationId, dueAt);
}
