using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Outbox;

namespace FlowEngine.Tests.Turns;

/// <summary>A fault never hides: the conversation goes to Error with its incident and its owner.</summary>
public sealed class FaultTests
{
    private static readonly SendError Refused = new("131026", "recipient", "Message undeliverable");

    [Fact]
    public async Task A_flow_that_faults_puts_the_conversation_in_error_and_keeps_its_owner()
    {
        var engine = new TestEngine(definitions: TestFlows.Faulty);
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        var conversation = await engine.Conversation(id);
        conversation.Tab.Should().Be(Tab.Error);
        conversation.Owner.Kind.Should().Be(OwnerKind.Flow);
        conversation.Problems.Should().ContainSingle(p => p.Kind == ProblemKind.Flow && p.Cause.Contains("roto"));
    }

    [Fact]
    public async Task A_send_that_is_refused_for_good_puts_the_conversation_in_error()
    {
        var engine = new TestEngine(definitions: TestFlows.ThreeBubbles);
        engine.Channel.AnswerNext(SendResult.Rejected(Refused));
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        var conversation = await engine.Conversation(id);
        conversation.Tab.Should().Be(Tab.Error);
        engine.Sent.Should().BeEmpty("what came after the refused one had lost its grant");
    }

    [Fact]
    public async Task An_agent_takes_a_conversation_over_from_error()
    {
        var engine = new TestEngine(definitions: TestFlows.Faulty);
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        var outcome = await engine.Do(id, new Claim(), TestEngine.Ana);
        outcome.Status.Should().Be(CommandStatus.Done);
        outcome.Tab.Should().Be(Tab.Waiting);
        (await engine.Conversation(id)).Problems.Should().BeEmpty();
    }

    [Fact]
    public async Task A_send_that_may_be_repeated_is_repeated_after_its_pause_in_order()
    {
        var engine = new TestEngine(definitions: TestFlows.ThreeBubbles);
        engine.Channel.AnswerNext(SendResult.Rejected(Refused with { Code = "130429" }, TimeSpan.FromSeconds(2)));
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        engine.Sent.Should().BeEmpty();
        (await engine.Conversation(id)).Tab.Should().Be(Tab.Automated);

        engine.Clock.Advance(TimeSpan.FromSeconds(2));
        await engine.Settle();
        engine.Sent.Should().Equal("uno", "dos", "tres", "¿Sigues ahí?");
    }

    [Fact]
    public async Task A_send_without_an_answer_is_not_repeated_and_people_are_asked_in_the_end()
    {
        var engine = new TestEngine(definitions: TestFlows.ThreeBubbles);
        engine.Channel.AnswerNext(SendResult.Unknown(SendErrors.NeverConfirmed));
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        engine.Channel.Calls.Should().HaveCount(1);
        (await engine.Conversation(id)).Tab.Should().Be(Tab.Automated);

        engine.Clock.Advance(engine.Options.UnknownWait);
        await engine.Settle();
        engine.Channel.Calls.Should().HaveCount(1);
        (await engine.Conversation(id)).Tab.Should().Be(Tab.Error);
    }

    [Fact]
    public async Task A_status_with_our_tracking_id_settles_a_send_whose_answer_was_lost()
    {
        var engine = new TestEngine(definitions: TestFlows.ThreeBubbles);
        engine.Channel.AnswerNext(SendResult.Unknown(SendErrors.NeverConfirmed));
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        var lost = engine.Channel.Calls[0];
        await engine.Append(new NewEvent(engine.Ids.Next(), "main:w9:sent", new StatusUpdate("w9", "sent", engine.Clock.GetUtcNow(), lost.Id))
        {
            Reference = new MessageReference("main", "w9", lost.Id),
        });
        await engine.Settle();

        engine.Channel.Calls.Select(c => c.Content.Text).Should().Equal("uno", "dos", "tres", "¿Sigues ahí?");
        (await engine.Conversation(id)).Tab.Should().Be(Tab.Automated);
    }

    [Fact]
    public async Task A_crash_between_release_and_call_sends_the_message_once()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        await engine.LeadWrites("Hola");
        await engine.Turn();
        await engine.Crash();
        await engine.Settle();
        engine.Sent.Should().Equal("¿Cómo te llamas?");
    }

    [Fact]
    public async Task A_crash_between_call_and_settle_never_sends_it_again_by_itself()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        var id = await engine.LeadWrites("Hola");
        await engine.Turn();
        await engine.CallProvider();
        await engine.Crash();
        engine.Clock.Advance(TimeSpan.FromHours(1));
        await engine.Settle();
        engine.Sent.Should().Equal("¿Cómo te llamas?");
        (await engine.Conversation(id)).Tab.Should().Be(Tab.Error);
    }
}
