using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Tests.Stores;

public abstract partial class TurnStoreSuite
{
    [SkippableFact]
    public async Task A_mailbox_is_due_while_events_are_pending()
    {
        var (a, b) = (await NewConversation("a", "111"), await NewConversation("b", "222"));
        (await Due()).Should().BeEquivalentTo([a, b]);
        (await Due(limit: 1)).Should().ContainSingle();

        await Turn(a);

        (await Due()).Should().Equal(b);
        (await NextDue()).Should().BeNull();
    }

    [SkippableFact]
    public async Task A_timer_is_due_at_its_time_and_is_loaded_with_its_run()
    {
        var (mailbox, at) = (await NewConversation(), Start.AddMinutes(10));
        var run = await Waiting(mailbox, at);

        (await Due(at.AddMicroseconds(-1))).Should().BeEmpty();
        (await NextDue()).Should().Be(at);
        (await Load(mailbox, at.AddMicroseconds(-1))).DueTimers.Should().BeEmpty();
        (await Due(at)).Should().Equal(mailbox);
        (await NextDue(at)).Should().BeNull();
        (await Load(mailbox, at)).DueTimers.Should().Equal(new TimerRecord(run.Id, "b1", at));

        await Turn(mailbox, (_, c) => c with { BookmarksRemoved = [(run.Id, "b1")] });
        (await Due(at)).Should().BeEmpty();
        (await Load(mailbox, at)).DueTimers.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Due_timers_come_earliest_first_and_bookmarks_without_a_time_never()
    {
        var mailbox = await NewConversation();
        var run = await Waiting(mailbox, null);
        (await NextDue()).Should().BeNull();

        await Turn(mailbox, (_, c) => c with { BookmarksAdded = [WaitsIn(run, "late", Start.AddSeconds(9)), WaitsIn(run, "early", Start.AddSeconds(3)), WaitsIn(run, "later", Start.AddHours(1))] });

        (await NextDue()).Should().Be(Start.AddSeconds(3));
        (await Load(mailbox, Start.AddMinutes(1))).DueTimers.Select(t => t.BookmarkId).Should().Equal("early", "late");
    }

    [SkippableFact]
    public async Task A_timer_that_is_disarmed_wakes_nobody_until_it_is_armed_again()
    {
        var (mailbox, at) = (await NewConversation(), Start.AddMinutes(10));
        var run = await Waiting(mailbox, at);

        await Turn(mailbox, (_, c) => c with { BookmarksRemoved = [(run.Id, "b1")], BookmarksAdded = [WaitsIn(run, "b1")] });
        (await Due(at)).Should().BeEmpty();
        (await NextDue()).Should().BeNull();

        await Turn(mailbox, (_, c) => c with { BookmarksRemoved = [(run.Id, "b1")], BookmarksAdded = [WaitsIn(run, "b1", at)] });
        (await Due(at)).Should().Equal(mailbox);
        (await Load(mailbox, at)).DueTimers.Should().ContainSingle().Which.BookmarkId.Should().Be("b1");
    }

    [SkippableTheory]
    [InlineData(MessageState.Queued, true)]
    [InlineData(MessageState.Released, true)]
    [InlineData(MessageState.Calling, true)]
    [InlineData(MessageState.Unknown, true)]
    [InlineData(MessageState.Accepted, false)]
    [InlineData(MessageState.Failed, false)]
    [InlineData(MessageState.Stopped, false)]
    public async Task A_message_wakes_its_mailbox_at_its_time_while_it_is_not_settled(MessageState state, bool wakes)
    {
        var (mailbox, at) = (await NewConversation(), Start.AddSeconds(10));
        await Sent(mailbox, state, m => m with { WakeAt = at });

        (await Due()).Should().BeEmpty();
        (await NextDue()).Should().Be(wakes ? at : null);
        (await Due(at)).Should().HaveCount(wakes ? 1 : 0);
        (await NextDue(at)).Should().BeNull();
    }

    [SkippableFact]
    public async Task The_next_time_is_the_earliest_of_messages_and_timers()
    {
        var (a, b) = (await NewConversation("a", "111"), await NewConversation("b", "222"));
        await Waiting(a, Start.AddSeconds(20));
        await Sent(b, MessageState.Unknown, m => m with { WakeAt = Start.AddSeconds(10) });

        (await NextDue()).Should().Be(Start.AddSeconds(10));
        (await NextDue(Start.AddSeconds(10))).Should().Be(Start.AddSeconds(20));
        (await Due(Start.AddSeconds(20))).Should().BeEquivalentTo([a, b]);
    }

    [SkippableFact]
    public async Task A_message_is_marked_as_being_called_once_and_only_in_its_attempt()
    {
        var mailbox = await NewConversation();
        var message = await Sent(mailbox, MessageState.Released);

        (await Store.MarkCalling(message.Id, 2, CancellationToken.None)).Should().BeFalse();
        (await Store.MarkCalling(Ids.Next(), 1, CancellationToken.None)).Should().BeFalse();
        (await Store.MarkCalling(message.Id, 1, CancellationToken.None)).Should().BeTrue();
        (await Store.MarkCalling(message.Id, 1, CancellationToken.None)).Should().BeFalse();

        (await Messages(mailbox)).Should().ContainSingle().Which.State.Should().Be(MessageState.Calling);
    }

    [SkippableTheory]
    [InlineData(MessageState.Stopped)]
    [InlineData(MessageState.Queued)]
    public async Task A_message_whose_state_has_changed_must_not_be_called(MessageState state)
    {
        var mailbox = await NewConversation();
        var message = await Sent(mailbox, MessageState.Released);

        await Turn(mailbox, (_, c) => c with { ChangedMessages = [message with { State = state }] });

        (await Store.MarkCalling(message.Id, 1, CancellationToken.None)).Should().BeFalse();
        (await Messages(mailbox)).Should().ContainSingle().Which.State.Should().Be(state);
    }

    [SkippableFact]
    public async Task A_turn_that_saw_the_message_before_its_mark_does_not_erase_the_mark()
    {
        var mailbox = await NewConversation();
        var message = await Sent(mailbox, MessageState.Released);
        await Store.MarkCalling(message.Id, 1, CancellationToken.None);

        await Turn(mailbox, (_, c) => c with { ChangedMessages = [message with { LastWords = true }] });
        (await Messages(mailbox)).Should().ContainSingle().Which.Should().BeEquivalentTo(message with { LastWords = true, State = MessageState.Calling });

        await Turn(mailbox, (_, c) => c with { ChangedMessages = [message with { Attempt = 2 }] });
        (await Messages(mailbox)).Should().ContainSingle().Which.State.Should().Be(MessageState.Released);
    }

    [SkippableFact]
    public async Task A_new_start_requeues_what_was_never_called_and_doubts_what_was()
    {
        var (a, b, until) = (await NewConversation("a", "111"), await NewConversation("b", "222"), Start.AddSeconds(30));
        var released = await Sent(a, MessageState.Released, m => m with { Deadline = Start.AddSeconds(5) });
        var called = await Sent(b, MessageState.Released, m => m with { Deadline = Start.AddSeconds(5) });
        var unknown = await Sent(b, MessageState.Unknown, m => m with { WakeAt = Start.AddSeconds(99) });
        var accepted = await Sent(b, MessageState.Accepted);
        await Store.MarkCalling(called.Id, 1, CancellationToken.None);

        Store = On(new NodeId("next"));
        (await Store.TakeOver(Start, until, CancellationToken.None)).Should().Be((1, 1));

        (await Messages(a)).Should().ContainSingle().Which.Should().BeEquivalentTo(released with { State = MessageState.Queued, WakeAt = Start, Deadline = null });
        (await Messages(b)).Should().BeEquivalentTo([called with { State = MessageState.Unknown, WakeAt = until }, unknown, accepted]);
        (await Due()).Should().Equal(a);
        (await Due(until)).Should().BeEquivalentTo([a, b]);
        (await Store.TakeOver(Start, until, CancellationToken.None)).Should().Be((0, 0));

        // Another start later: no status could come while nobody listened, so the doubt lasts until the new time.
        var later = until.AddSeconds(30);
        Store = On(new NodeId("the one after"));
        await Store.TakeOver(Start, later, CancellationToken.None);
        (await Store.NextDueAt(until.AddSeconds(1), CancellationToken.None)).Should().Be(later);
    }
}
