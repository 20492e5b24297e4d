using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Tests.Stores;

/// <summary>Several nodes: leases, heartbeats, and what the dead left (decision 8; races R80, R130, R131).</summary>
public abstract partial class TurnStoreSuite
{
    private static readonly DateTimeOffset Dead = Start + TurnOptions.Default.NodeDeadAfter + TimeSpan.FromSeconds(1);

    [SkippableFact]
    public async Task The_node_that_stored_an_event_turns_it_and_no_other_node_can()
    {
        var other = On(new NodeId("b"));
        await Alive(Store, other);
        var mailbox = await NewConversation();

        (await other.Load(mailbox, Start, CancellationToken.None)).Should().BeNull();
        (await other.FindDue(Start, 10, CancellationToken.None)).Should().BeEmpty();
        (await CommitOn(other, mailbox, 0)).Should().BeFalse();

        (await Due()).Should().Equal(mailbox);
        (await Turn(mailbox)).Should().BeTrue();
    }

    [SkippableFact]
    public async Task Another_node_s_append_goes_to_the_holder_and_says_so()
    {
        var other = On(new NodeId("b"));
        await Alive(Store, other);
        var mailbox = await NewConversation("a");

        var appended = await other.Append([Says("b")], Start, CancellationToken.None);

        appended[0].Should().BeEquivalentTo(new { Status = AppendStatus.Appended, Mailbox = mailbox, Elsewhere = true });
        (await Append(Says("c")))[0].Elsewhere.Should().BeFalse();
        (await Load(mailbox)).Events.Should().HaveCount(3);
    }

    [SkippableFact]
    public async Task A_mailbox_with_nothing_left_to_do_is_given_back_and_the_next_event_s_node_turns_it()
    {
        var other = On(new NodeId("b"));
        await Alive(Store, other);
        var mailbox = await NewConversation("a");
        await Turn(mailbox);

        (await other.Append([Says("b")], Start, CancellationToken.None))[0].Elsewhere.Should().BeFalse();

        (await Store.Load(mailbox, Start, CancellationToken.None)).Should().BeNull();
        (await CommitOn(other, mailbox, 1)).Should().BeTrue();
    }

    [SkippableTheory]
    [InlineData(MessageState.Released, true)]
    [InlineData(MessageState.Calling, true)]
    [InlineData(MessageState.Queued, false)]
    [InlineData(MessageState.Accepted, false)]
    public async Task A_send_under_way_keeps_the_mailbox_with_its_node(MessageState state, bool keeps)
    {
        var other = On(new NodeId("b"));
        await Alive(Store, other);
        var mailbox = await NewConversation();
        await Sent(mailbox, state);

        (await other.Load(mailbox, Start, CancellationToken.None) is null).Should().Be(keeps);
        await Turn(mailbox);
        (await other.Load(mailbox, Start, CancellationToken.None) is null).Should().Be(keeps, "a later turn knows of the send too");
    }

    [SkippableFact]
    public async Task What_a_live_node_holds_is_not_taken_over()
    {
        var other = On(new NodeId("b"));
        await Alive(Store, other);
        var mailbox = await NewConversation();
        var released = await Sent(mailbox, MessageState.Released);
        await Store.Heartbeat(Start.AddSeconds(3), CancellationToken.None);

        (await other.TakeOver(Dead, Dead, CancellationToken.None)).Should().Be((0, 0));

        (await Load(mailbox)).Outgoing.Should().ContainSingle().Which.State.Should().Be(released.State);
        (await other.Load(mailbox, Dead, CancellationToken.None)).Should().BeNull();
    }

    [SkippableFact]
    public async Task A_dead_node_s_mailboxes_pass_whole_to_who_asks_first()
    {
        var (b, c) = (On(new NodeId("b")), On(new NodeId("c")));
        await Alive(Store, b, c);
        var (pending, sending) = (await NewConversation("a", "111"), await NewConversation("b", "222"));
        var released = await Sent(sending, MessageState.Released);
        var called = await Sent(sending, MessageState.Released);
        await Store.MarkCalling(called.Id, 1, CancellationToken.None);
        await b.Heartbeat(Dead, CancellationToken.None);
        await c.Heartbeat(Dead, CancellationToken.None);

        var left = await Task.WhenAll(b.TakeOver(Dead, Dead.AddMinutes(1), CancellationToken.None).AsTask(), c.TakeOver(Dead, Dead.AddMinutes(1), CancellationToken.None).AsTask());

        left.Should().BeEquivalentTo([(1, 1), (0, 0)]);
        var (owner, loser) = left[0] == (1, 1) ? (b, c) : (c, b);
        (await owner.FindDue(Dead, 10, CancellationToken.None)).Should().BeEquivalentTo([pending, sending]);
        (await loser.FindDue(Dead, 10, CancellationToken.None)).Should().BeEmpty();
        (await Messages(sending)).Should().BeEquivalentTo(
            [released with { State = MessageState.Queued, WakeAt = Dead }, called with { State = MessageState.Unknown, WakeAt = Dead.AddMinutes(1) }]);
    }

    [SkippableFact]
    public async Task A_node_that_only_seemed_dead_writes_nothing_of_the_turn_that_it_had_begun()
    {
        var other = On(new NodeId("b"));
        await Alive(Store, other);
        var mailbox = await NewConversation();
        var stalled = await Load(mailbox);
        var released = await Sent(mailbox, MessageState.Released);
        await other.TakeOver(Dead, Dead, CancellationToken.None);

        (await Store.MarkCalling(released.Id, 1, CancellationToken.None)).Should().BeFalse("it is queued again, and the other node's to send");
        (await CommitOn(Store, mailbox, stalled.MailboxVersion + 1)).Should().BeFalse();

        // Even when everything is done and nobody holds it any more.
        var taken = (await other.Load(mailbox, Dead, CancellationToken.None))!;
        (await CommitOn(other, mailbox, taken.MailboxVersion)).Should().BeTrue();
        (await CommitOn(Store, mailbox, stalled.MailboxVersion + 1)).Should().BeFalse();
    }

    [SkippableFact]
    public async Task Two_nodes_that_store_the_first_message_of_one_person_make_one_lead_one_conversation_and_each_event_once()
    {
        var nodes = new[] { Store, On(new NodeId("b")), On(new NodeId("c")) };
        await Alive(nodes);
        for (var round = 0; round < 20; round++)
        {
            // The same delivery on all nodes (R40), and another message of the same person on each (R45).
            var twice = Says($"same-{round}", phone: $"34600{round}");
            var results = await Task.WhenAll(nodes.SelectMany((node, i) => new[]
            {
                Task.Run(async () => (await node.Append([twice with { Id = Ids.Next() }], Start, CancellationToken.None))[0]),
                Task.Run(async () => (await node.Append([Says($"own-{round}-{i}", phone: $"34600{round}")], Start, CancellationToken.None))[0]),
            }));

            var mailbox = results.Select(r => r.Mailbox).Distinct().Should().ContainSingle().Subject;
            results.Count(r => r.Status == AppendStatus.Appended).Should().Be(4);
            var holder = (await Task.WhenAll(nodes.Select(async n => await n.Load(mailbox, Start, CancellationToken.None)))).Single(l => l is not null)!;
            holder.Events.Should().HaveCount(4);
        }
    }

    [SkippableFact]
    public async Task A_node_that_stands_down_gives_back_all_but_what_is_at_the_provider_and_takes_nothing_more()
    {
        var other = On(new NodeId("b"));
        await Alive(Store, other);
        var (pending, sending) = (await NewConversation("a", "111"), await NewConversation("b", "222"));
        var released = await Sent(sending, MessageState.Released);

        await Store.StandDown(CancellationToken.None);

        (await other.FindDue(Start, 10, CancellationToken.None)).Should().Equal([pending], "whoever looks first goes on with it");
        (await Append(Says("c", phone: "333")))[0].Elsewhere.Should().BeTrue("what comes now is for the others");
        (await Load(sending)).Outgoing.Should().ContainSingle("its own send it settles itself").Which.Id.Should().Be(released.Id);

        await Turn(sending, (_, c) => c with { ChangedMessages = [released with { State = MessageState.Accepted, SettledAt = Start, WakeAt = null, Deadline = null }] });
        await Store.StandDown(CancellationToken.None);
        (await other.FindDue(Start, 10, CancellationToken.None)).Should().HaveCount(2);
        (await other.TakeOver(Dead.AddHours(1), Dead, CancellationToken.None)).Should().Be((0, 0), "nothing was left behind");
    }

    [SkippableFact]
    public async Task A_message_in_doubt_is_left_alone_until_its_deadline_since_a_stalled_node_may_still_call()
    {
        var other = On(new NodeId("b"));
        await Alive(Store, other);
        var mailbox = await NewConversation();
        var called = await Sent(mailbox, MessageState.Calling, m => m with { Deadline = Dead.AddSeconds(10) });

        await other.TakeOver(Dead, Dead, CancellationToken.None);

        (await Messages(mailbox)).Should().ContainSingle().Which.WakeAt.Should().Be(called.Deadline!.Value, "it is later than what was asked for");
    }

    private static async Task Alive(params ITurnStore[] nodes)
    {
        foreach (var node in nodes)
        {
            await node.Heartbeat(Start, CancellationToken.None);
            await node.TakeOver(Start, Start, CancellationToken.None);
        }
    }

    private static async Task<bool> CommitOn(ITurnStore node, Guid mailbox, long version) =>
        await node.Commit(new Checkpoint { Mailbox = mailbox, ExpectedVersion = version, Now = Start, History = [Entry("claimed")] }, CancellationToken.None);
}
