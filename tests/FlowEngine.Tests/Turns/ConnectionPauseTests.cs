using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Outbox;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Tests.Turns;

/// <summary>A trouble of the connection is one trouble, however many conversations meet it; and what may be repeated is repeated by its class.</summary>
public sealed class ConnectionPauseTests
{
    private static readonly SendError TokenRejected = new("190", "auth", "Invalid OAuth access token");

    private static MemoryTurnStore StoreOf(TestEngine engine) => (MemoryTurnStore)engine.Store;

    private static async Task Restore(TestEngine engine, params Guid[] conversations)
    {
        engine.Connections.Resume("main", engine.Clock.GetUtcNow());
        foreach (var id in conversations)
        {
            await engine.Append(new NewEvent(engine.Ids.Next(), $"restored:{engine.Ids.Next()}", new ConnectionRestored("connectionRestored", Actor.System)) { ConversationId = id });
        }

        await engine.Settle();
    }

    [Fact]
    public async Task A_rejected_token_pauses_the_connection_once_and_later_sends_wait_without_being_tried()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        engine.Channel.AnswerNext(SendResult.Rejected(TokenRejected, pausesConnection: true));
        var first = await engine.LeadWrites("Hola", "34600000001");
        await engine.Settle();
        var second = await engine.LeadWrites("Buenas", "34600000002");
        await engine.Settle();

        engine.Channel.Calls.Should().HaveCount(1);
        StoreOf(engine).Pauses().Should().ContainSingle(p => p.Code == "190" && p.Connection == "main");
        foreach (var id in new[] { first, second })
        {
            var waiting = await engine.Conversation(id);
            waiting.Tab.Should().Be(Tab.Error);
            waiting.Owner.Kind.Should().Be(OwnerKind.Flow);
            waiting.Problems.Should().ContainSingle(p => p.Kind == ProblemKind.Connection && p.Category == "auth");
        }

        (await engine.Do(first, new RetryProblem((await engine.Conversation(first)).Problems[0].IncidentId), TestEngine.Ana)).Refusal!.Code.Should().Be("connectionPaused");
    }

    [Fact]
    public async Task A_restored_connection_sends_what_waited_and_the_flows_go_on_where_they_stood()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        engine.Channel.AnswerNext(SendResult.Rejected(TokenRejected, pausesConnection: true));
        var first = await engine.LeadWrites("Hola", "34600000001");
        await engine.Settle();
        var second = await engine.LeadWrites("Buenas", "34600000002");
        await engine.Settle();

        await Restore(engine, first, second);

        engine.Sent.Should().Equal("¿Cómo te llamas?", "¿Cómo te llamas?");
        (await engine.Conversation(first)).Tab.Should().Be(Tab.Automated);
        await engine.LeadWrites("Marta", "34600000001");
        await engine.Settle();
        (await engine.Conversation(first)).Fields["name"].Should().Be("Marta");
    }

    [Fact]
    public async Task A_conversation_that_sends_nothing_does_not_enter_error()
    {
        var engine = new TestEngine();
        engine.Connections.Pause(new ConnectionPause(engine.Ids.Next(), "main", "auth", "190", "token", null, TestEngine.Start));
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        (await engine.Conversation(id)).Tab.Should().Be(Tab.Waiting);

        await engine.Do(id, new Reply("c1", MessageContent.OfText("Voy")), TestEngine.Ana);
        var blocked = await engine.Conversation(id);
        blocked.Tab.Should().Be(Tab.Error);
        blocked.Owner.IsAgent(TestEngine.Ana).Should().BeTrue();
        blocked.HumanWaitSince.Should().NotBeNull();

        await Restore(engine, id);
        engine.Sent.Should().Equal("Voy");
        (await engine.Conversation(id)).Tab.Should().Be(Tab.Open);
    }

    [Fact]
    public async Task A_claim_from_a_paused_connection_stops_the_bot_s_words_and_leaves_no_error()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        engine.Channel.AnswerNext(SendResult.Rejected(TokenRejected, pausesConnection: true));
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();

        (await engine.Do(id, new Claim(), TestEngine.Ana)).Tab.Should().Be(Tab.Waiting);
        await Restore(engine, id);
        engine.Sent.Should().BeEmpty();
    }

    [Fact]
    public async Task A_throttled_number_slows_all_its_conversations_and_none_spends_its_budget_on_it()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        engine.Channel.AnswerNext(SendResult.Rejected(new SendError("130429", "rate_limit", "Throughput"), TimeSpan.FromSeconds(2), pausesConnection: true));
        await engine.LeadWrites("Hola", "34600000001");
        await engine.Settle();
        var second = await engine.LeadWrites("Buenas", "34600000002");
        await engine.Settle();
        engine.Channel.Calls.Should().HaveCount(1);
        (await engine.Conversation(second)).Tab.Should().Be(Tab.Automated);

        engine.Clock.Advance(TimeSpan.FromSeconds(2));
        await engine.Settle();
        engine.Sent.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_send_that_failed_by_a_later_status_is_repeated_by_its_code_s_rule_and_the_story_keeps_the_attempt()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        var sent = engine.Channel.Calls[0];
        await Failed(engine, sent.Id, "out.1", new SendError("131000", "transient", "Something went wrong"));
        (await engine.Conversation(id)).Tab.Should().Be(Tab.Automated);

        engine.Clock.Advance(TimeSpan.FromSeconds(3));
        await engine.Settle();
        engine.Sent.Should().Equal("¿Cómo te llamas?", "¿Cómo te llamas?");
        StoreOf(engine).History(id).Should().ContainSingle(h => h.Kind == "sendRepeated" && h.Data!["providerId"] == "out.1");
    }

    [Fact]
    public async Task A_send_that_failed_for_good_by_a_later_status_is_an_error_at_once()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        await Failed(engine, engine.Channel.Calls[0].Id, "out.1", new SendError("131026", "recipient", "Undeliverable"));
        var broken = await engine.Conversation(id);
        broken.Tab.Should().Be(Tab.Error);
        broken.Problems.Single().Category.Should().Be("recipient");
    }

    [Fact]
    public async Task A_message_has_a_budget_of_attempts_and_is_an_error_after_it()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        var refusals = engine.Options.SendAttempts;
        engine.Channel.AnswerNext([.. Enumerable.Repeat(SendResult.Rejected(new SendError("131000", "transient", "Later"), TimeSpan.FromSeconds(1)), refusals)]);
        var id = await engine.LeadWrites("Hola");
        for (var second = 0; second < refusals + 2; second++)
        {
            await engine.Settle();
            engine.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        engine.Channel.Calls.Should().HaveCount(refusals);
        (await engine.Conversation(id)).Tab.Should().Be(Tab.Error);
    }

    private static async Task Failed(TestEngine engine, Guid message, string providerId, SendError error)
    {
        await engine.Append(new NewEvent(engine.Ids.Next(), $"main:{providerId}:failed", new StatusUpdate(providerId, "failed", engine.Clock.GetUtcNow(), message, error))
        {
            Reference = new MessageReference("main", providerId, message),
        });
        await engine.Settle();
    }
}
