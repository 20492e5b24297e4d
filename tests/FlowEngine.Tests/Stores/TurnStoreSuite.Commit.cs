using System.Collections.Immutable;
using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Tests.Stores;

public abstract partial class TurnStoreSuite
{
    [SkippableFact]
    public async Task All_of_a_conversation_comes_back_as_it_was_committed()
    {
        var mailbox = await NewConversation();
        var before = (await Load(mailbox)).Conversation;
        var full = Full(before);

        await Turn(mailbox, (_, c) => c with { Conversation = full });
        (await Load(mailbox)).Conversation.Should().BeEquivalentTo(full, o => o.ComparingByMembers<Problem>());

        var bare = before with { Version = 9, Labels = full.Labels.Remove("vip").Add("nuevo"), Department = null };
        await Turn(mailbox, (_, c) => c with { Conversation = bare });
        (await Load(mailbox)).Conversation.Should().BeEquivalentTo(bare);
    }

    [SkippableFact]
    public async Task All_of_a_message_comes_back_and_only_its_mutable_part_changes()
    {
        var mailbox = await NewConversation();
        var message = FullMessage(mailbox);
        await Turn(mailbox, (_, c) => c with { NewMessages = [message] });
        (await Messages(mailbox)).Should().ContainSingle().Which.Should().BeEquivalentTo(message);

        var changed = message with
        {
            State = MessageState.Failed, ProviderId = "wamid.2", Epoch = 8, LastWords = false, Intervention = false, Attempt = 4, Deadline = null, WakeAt = null,
            Error = null, SettledAt = Start.AddSeconds(9),
        };
        await Turn(mailbox, (_, c) => c with { ChangedMessages = [changed with { Order = 77, Content = MessageContent.OfText("otra"), At = Start.AddDays(1) }] });

        (await Messages(mailbox)).Should().ContainSingle().Which.Should().BeEquivalentTo(changed);
    }

    [SkippableFact]
    public async Task A_stale_version_writes_nothing_at_all()
    {
        var said = Says("hola");
        var mailbox = (await Append(said))[0].Mailbox;
        var (load, run) = (await Load(mailbox), Run(mailbox));
        var mine = new Checkpoint { Mailbox = mailbox, ExpectedVersion = load.MailboxVersion, Now = Start };
        (await Store.Commit(mine, CancellationToken.None)).Should().BeTrue();

        var stale = mine with
        {
            Conversation = load.Conversation with { Version = 5, FlowInstance = run.Id, Labels = ["x"] },
            Contact = load.Contact with { OptedOut = true },
            Events = [new EventDone(said.Id, "{}")],
            NewMessages = [Outgoing(mailbox, 1)],
            Instances = [run],
            BookmarksAdded = [WaitsIn(run, "b1")],
            Journal = [new JournalBurst(Ids.Next(), run.Id, Start, [1])],
            IncidentsOpened = [Incident(mailbox)],
            History = [Entry("claimed")],
            Hooks = [new HookDelivery(Ids.Next(), 0, mailbox, "x", [1], Start)],
            Enqueued = [Asks(mailbox, new MarkRead(), "enqueued")],
        };
        (await Store.Commit(stale, CancellationToken.None)).Should().BeFalse();

        (await Load(mailbox)).Should().BeEquivalentTo(load with { MailboxVersion = load.MailboxVersion + 1 });
        (await Messages(mailbox)).Should().BeEmpty();
        (await History(mailbox)).Should().BeEmpty();
        (await Hooks()).Should().BeEmpty();
        (await Journal(run.Id)).Should().BeEmpty();
        (await Bookmarks(run.Id)).Should().BeEmpty();
        (await Incidents()).Should().BeEmpty();
        (await Store.FindInstance(run.Id, CancellationToken.None)).Should().BeNull();
        (await Append(Asks(mailbox, new MarkRead(), "enqueued")))[0].Status.Should().Be(AppendStatus.Appended);
    }

    [SkippableFact]
    public async Task Of_two_turns_from_the_same_state_one_wins()
    {
        var mailbox = await NewConversation();
        var load = await Load(mailbox);
        var checkpoint = new Checkpoint { Mailbox = mailbox, ExpectedVersion = load.MailboxVersion, Now = Start };

        var won = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await Store.Commit(checkpoint, CancellationToken.None))));

        won.Count(w => w).Should().Be(1);
        (await Load(mailbox)).MailboxVersion.Should().Be(load.MailboxVersion + 1);
    }

    [SkippableFact]
    public async Task An_event_ends_done_dead_or_is_tried_again()
    {
        var (done, dead, again) = (Says("a"), Says("b"), Says("c"));
        var mailbox = (await Append(done, dead, again))[0].Mailbox;

        await Turn(mailbox, (_, c) => c with { Events = [new EventDone(done.Id, null), new EventDone(dead.Id, null, Dead: true), new EventDone(again.Id, null, Retry: true)] });

        (await Load(mailbox)).Events.Should().ContainSingle().Which.Should().BeEquivalentTo(new { again.Id, Attempts = 1 });
        (await IsDead(dead.Id)).Should().BeTrue();
        (await IsDead(done.Id)).Should().BeFalse();
    }

    [SkippableFact]
    public async Task The_outcome_of_a_command_is_kept_and_found_by_its_event()
    {
        var mailbox = await NewConversation();
        var ask = Asks(mailbox, new Claim(3));
        await Append(ask);
        (await Store.FindOutcome(ask.Id, CancellationToken.None)).Should().BeNull();
        (await Store.FindOutcome(Ids.Next(), CancellationToken.None)).Should().BeNull();

        var owner = Owner.Agent(Ids.Next(), "José");
        var outcome = new CommandOutcome(
            ask.Id, CommandStatus.Refused, new Refusal(RefusalKind.Conflict, "ownedByOther", "La tiene José", owner, 4), owner, 4, Tab.Open, 12, Ids.Next(), [Ids.Next()], []);
        await Turn(mailbox, (_, c) => c with { Events = [new EventDone(ask.Id, TurnText.Write(outcome))] });

        (await Store.FindOutcome(ask.Id, CancellationToken.None)).Should().BeEquivalentTo(outcome);
    }

    [SkippableFact]
    public async Task A_run_is_stored_and_replaced_and_its_bookmarks_come_and_go()
    {
        var mailbox = await NewConversation();
        var run = Run(mailbox);
        var (first, second) = (WaitsIn(run, "b1", Start.AddMinutes(1)), WaitsIn(run, "b2"));
        await Turn(mailbox, (load, c) => c with
        {
            Conversation = load.Conversation with { FlowInstance = run.Id },
            Instances = [run],
            BookmarksAdded = [first, second],
            Journal = [new JournalBurst(Ids.Next(), run.Id, Start, [7])],
        });
        (await Load(mailbox)).Instance.Should().BeEquivalentTo(run);
        (await Bookmarks(run.Id)).Should().Equal(first, second);

        var ended = run with { Status = 1, SubStatus = 3, State = [9], UpdatedAt = Start.AddMinutes(2), FinishedAt = Start.AddMinutes(2), IncidentCount = 2, CorrelationId = "otra" };
        await Turn(mailbox, (load, c) => c with
        {
            Conversation = load.Conversation with { FlowInstance = null },
            Instances = [ended],
            BookmarksRemoved = [(run.Id, "b1"), (run.Id, "b2")],
            BookmarksAdded = [second],
        });

        (await Load(mailbox)).Instance.Should().BeNull();
        (await Store.FindInstance(run.Id, CancellationToken.None)).Should().BeEquivalentTo(ended);
        (await Bookmarks(run.Id)).Should().Equal(second);
        (await Journal(run.Id)).Should().ContainSingle().Which.Json.Should().Equal(7);
    }

    [SkippableFact]
    public async Task History_hooks_and_incidents_are_written_with_the_turn()
    {
        var mailbox = await NewConversation();
        var (kept, closed) = (Incident(mailbox), Incident(mailbox));
        HookDelivery[] hooks = [new(Ids.Next(), 1, mailbox, "conversation.claimed", "{\"á\":1}"u8.ToArray(), Start), new(Ids.Next(), 0, mailbox, "message.received", [2], Start)];
        await Turn(mailbox, (_, c) => c with { History = [Entry("leadWrote"), Entry("claimed")], Hooks = hooks, IncidentsOpened = [kept, closed] });
        await Turn(mailbox, (_, c) => c with { History = [Entry("replied")], IncidentsClosed = [new IncidentClosed(closed.Id, Start.AddHours(1), "Ana", "retried")] });

        (await History(mailbox)).Should().BeEquivalentTo([Entry("leadWrote"), Entry("claimed"), Entry("replied")], o => o.WithStrictOrdering());
        (await Hooks()).Should().BeEquivalentTo(hooks, o => o.WithStrictOrdering());
        (await Incidents()).Should().BeEquivalentTo([(kept, null), (closed, new IncidentClosed(closed.Id, Start.AddHours(1), "Ana", "retried"))]);
    }

    [SkippableFact]
    public async Task A_turn_may_enqueue_for_other_mailboxes_and_the_key_keeps_it_once()
    {
        var (here, there) = (await NewConversation("a", "111"), await NewConversation("b", "222"));
        await Turn(there);
        var stimulus = new NewEvent(Ids.Next(), "stimulus-1", new StimulusEvent("pago", "H", null)) { ConversationId = there };

        await Turn(here, (_, c) => c with { Enqueued = [stimulus, stimulus with { Id = Ids.Next() }] });

        (await Load(there)).Events.Should().ContainSingle().Which.Id.Should().Be(stimulus.Id);
        (await Due()).Should().Equal(there);
    }

    [SkippableFact]
    public async Task The_contact_changes_with_the_turn()
    {
        var mailbox = await NewConversation();

        await Turn(mailbox, (load, c) => c with { Contact = load.Contact with { Name = "Ana María", OptedOut = true, UserId = "AR.9" } });

        (await Load(mailbox)).Contact.Should().BeEquivalentTo(new { Name = "Ana María", OptedOut = true, UserId = "AR.9", WaId = "5491155550000" });
    }

    [SkippableFact]
    public async Task The_staff_is_that_of_the_moment()
    {
        var mailbox = await NewConversation();
        (await Load(mailbox)).Staff.Agents.Should().BeEmpty();
        var ana = new AgentEntry(Ids.Next(), "Ana", Role.Supervisor, true, ["ventas"]);
        var staff = new Staff(
            ImmutableDictionary<Guid, AgentEntry>.Empty.Add(ana.Id, ana),
            ImmutableDictionary<string, DepartmentEntry>.Empty.Add("ventas", new DepartmentEntry("ventas", "Ventas", true, "soporte")).Add("soporte", new DepartmentEntry("soporte", "Soporte", false)));

        await SetStaff(staff);

        (await Load(mailbox)).Staff.Should().BeEquivalentTo(staff);
    }
}
