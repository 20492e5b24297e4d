using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;

namespace FlowEngine.Tests.Stores;

/// <summary>What a repair needs of the store: the messages in trouble, what nobody has heard, and one open incident a connection.</summary>
public abstract partial class TurnStoreSuite
{
    [Fact]
    public async Task A_conversation_with_problems_brings_their_messages_and_what_its_parked_run_has_not_heard()
    {
        var mailbox = await NewConversation();
        var failed = Outgoing(mailbox, 1, MessageState.Failed);
        var lead = new[] { 2L, 3, 4 }.Select(order => Outgoing(mailbox, order, MessageState.Received) with { Direction = MessageDirection.In, Author = AuthorKind.Lead }).ToList();
        var problem = new Problem(Ids.Next(), ProblemKind.Send, "recipient", "refused", Start, true, MessageId: failed.Id, Parked: 3);
        await Turn(mailbox, (load, c) => c with { NewMessages = [failed, .. lead], Conversation = load.Conversation with { Problems = [problem] } });

        var parked = await Load(mailbox);
        parked.Troubled.Should().ContainSingle().Which.Should().BeEquivalentTo(failed);
        parked.Unheard.Select(m => m.Order).Should().Equal(3, 4);

        await Turn(mailbox, (load, c) => c with { Conversation = load.Conversation with { Problems = [problem with { Heard = 2 }] } });
        (await Load(mailbox)).Unheard.Select(m => m.Order).Should().Equal(2, 3, 4);

        await Turn(mailbox, (load, c) => c with { Conversation = load.Conversation with { Problems = [] } });
        var repaired = await Load(mailbox);
        repaired.Troubled.Should().BeEmpty();
        repaired.Unheard.Should().BeEmpty();
    }

    [Fact]
    public async Task Two_conversations_that_meet_the_same_trouble_of_their_connection_make_one_incident()
    {
        var (first, second) = (await NewConversation(), await NewConversation(phone: "5491155550001"));
        ConnectionPause Pause() => new(Ids.Next(), "ventas", "auth", "190", "token", null, Start);

        (await Turn(first, (_, c) => c with { Pause = Pause() })).Should().BeTrue();
        (await Turn(second, (_, c) => c with { Pause = Pause() })).Should().BeTrue("the second is no error; it is the same trouble");
    }
}
