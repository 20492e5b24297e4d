using FlowEngine.Conversations;
using FlowEngine.Engine.Ai;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;
using FlowEngine.Tests.Turns;

namespace FlowEngine.Tests.Ai;

/// <summary>A lead's way through an AI reply, turn by turn.</summary>
public sealed class AiReplyTests : IDisposable
{
    private readonly AiBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_question_is_answered_from_an_article_and_the_run_waits_for_the_next_one()
    {
        bench.Model.Then(ScriptedModel.Answer("Abrimos de 9 a 20 h.", 1), ScriptedModel.Answer("Tienes 30 días.", 2));
        var id = await bench.Says("¿A qué hora abrís?");
        await bench.Says("¿Y las devoluciones?");

        bench.Sent.Should().Equal("Abrimos de 9 a 20 h.", "Tienes 30 días.");
        bench.Store.Messages(id).Where(m => m.Direction == MessageDirection.Out).Should().OnlyContain(m => m.Author == AuthorKind.Ai);
        (await bench.Conversation(id)).Tab.Should().Be(Tab.Automated);
        bench.Store.Tasks().Should().BeEmpty("what is done is gone");
        bench.Knowledge.Asked.Should().Equal("¿A qué hora abrís?", "¿Y las devoluciones?");
    }

    [Fact]
    public async Task While_the_model_thinks_there_is_no_turn_and_the_task_stands_in_the_store()
    {
        bench.Model.Later();
        var id = await bench.Engine.LeadWrites("¿A qué hora abrís?");
        await bench.Begin();
        await bench.Model.Asked();

        (await bench.Engine.Turn()).Should().BeFalse("nothing is due while the model thinks");
        var (task, state) = bench.Store.Tasks().Should().ContainSingle().Subject;
        (task.Mailbox, task.Kind, state, task.Epoch).Should().Be((id, "model", TaskState.Open, (await bench.Conversation(id)).Epoch));
    }

    [Fact]
    public async Task A_claim_during_the_call_stops_the_answer_and_offers_it_to_the_agent()
    {
        var thinking = bench.Model.Later();
        var id = await bench.Engine.LeadWrites("¿A qué hora abrís?");
        await bench.Begin();
        await bench.Model.Asked();

        await bench.Engine.Do(id, new Claim(), TestEngine.Ana);
        bench.Store.Tasks().Should().ContainSingle().Which.State.Should().Be(TaskState.Stale);
        thinking.SetResult(ScriptedModel.Answer("Abrimos de 9 a 20 h.", 1));
        await bench.Settle();

        bench.Sent.Should().BeEmpty();
        var suggestion = bench.Suggestions(id).Should().ContainSingle().Subject;
        (suggestion.Content.Text, suggestion.State).Should().Be(("Abrimos de 9 a 20 h.", MessageState.Received));
        (await bench.Conversation(id)).Owner.IsAgent(TestEngine.Ana).Should().BeTrue();
        bench.Store.Tasks().Should().BeEmpty();
    }

    [Fact]
    public async Task A_result_and_a_claim_in_one_turn_are_taken_in_their_order()
    {
        var thinking = bench.Model.Later();
        var id = await bench.Engine.LeadWrites("¿A qué hora abrís?");
        await bench.Begin();
        await bench.Model.Asked();

        await bench.Engine.Ask(id, new Claim(), TestEngine.Ana);
        thinking.SetResult(ScriptedModel.Answer("Abrimos de 9 a 20 h.", 1));
        await bench.Loop.Quiet();
        await bench.Settle();

        bench.Sent.Should().BeEmpty("the claim came first");
        bench.Suggestions(id).Should().ContainSingle();
    }

    [Fact]
    public async Task A_newer_message_withdraws_the_call_and_one_answer_goes_to_both()
    {
        bench.Model.Later();
        var id = await bench.Engine.LeadWrites("¿A qué hora abrís?");
        await bench.Begin();
        await bench.Model.Asked();

        bench.Model.Then(ScriptedModel.Answer("De 9 a 20 h, también el viernes.", 1));
        await bench.Says("El viernes, digo");

        bench.Sent.Should().Equal("De 9 a 20 h, también el viernes.");
        bench.Model.Requests.Last().Question.Should().Be("¿A qué hora abrís?\nEl viernes, digo");
        bench.Suggestions(id).Should().BeEmpty();
        bench.Store.Tasks().Should().BeEmpty();
    }

    [Fact]
    public async Task Fragments_within_the_quiet_period_are_one_question_and_endless_ones_are_bounded()
    {
        using var quiet = new AiBench(AiBench.ReplyFlow(("quietSeconds", 5)));
        quiet.Model.Then(ScriptedModel.Answer("De 9 a 20 h.", 1));
        await quiet.Says("Hola");
        for (var i = 0; i < 3; i++)
        {
            quiet.Engine.Clock.Advance(TimeSpan.FromSeconds(4));
            await quiet.Says($"y {i}");
        }

        quiet.Model.Requests.Should().BeEmpty("the lead is still writing");
        quiet.Engine.Clock.Advance(TimeSpan.FromSeconds(5));
        await quiet.Settle();
        quiet.Sent.Should().Equal("De 9 a 20 h.");
        quiet.Model.Requests.Single().Question.Should().Be("Hola\ny 0\ny 1\ny 2");

        quiet.Model.Then(ScriptedModel.Answer("Otra vez: de 9 a 20 h.", 1));
        for (var i = 0; i < 6; i++)
        {
            await quiet.Says("…");
            quiet.Engine.Clock.Advance(TimeSpan.FromSeconds(4));
        }

        await quiet.Settle();
        quiet.Sent.Should().HaveCount(2, "four quiet periods are the most");
    }

    [Fact]
    public async Task A_person_who_takes_over_and_gives_it_back_is_followed_by_a_new_question_to_the_model()
    {
        bench.Model.Later();
        var id = await bench.Engine.LeadWrites("¿A qué hora abrís?");
        await bench.Begin();
        await bench.Model.Asked();
        await bench.Engine.Do(id, new Claim(), TestEngine.Ana);

        bench.Model.Then(ScriptedModel.Answer("De 9 a 20 h.", 1));
        await bench.Engine.Do(id, new Release("flow"), TestEngine.Ana);
        await bench.Settle();

        bench.Sent.Should().Equal("De 9 a 20 h.");
        bench.Model.Requests.Last().Turns.Should().Contain(t => t.Role == ChatRole.Company && t.Text.Contains("gave the conversation back"));
    }

    [Fact]
    public async Task What_a_person_has_answered_before_giving_it_back_is_not_answered_again()
    {
        bench.Model.Later();
        var id = await bench.Engine.LeadWrites("¿A qué hora abrís?");
        await bench.Begin();
        await bench.Model.Asked();
        await bench.Engine.Do(id, new Reply("c1", MessageContent.OfText("De 9 a 20 h")), TestEngine.Ana);
        await bench.Engine.Do(id, new Release("flow"), TestEngine.Ana);
        await bench.Settle();
        bench.Sent.Should().Equal("De 9 a 20 h");

        bench.Model.Then(ScriptedModel.Answer("Tienes 30 días.", 2));
        await bench.Says("¿Y si lo quiero devolver?");
        bench.Sent.Should().Equal("De 9 a 20 h", "Tienes 30 días.");
    }

    [Fact]
    public async Task A_late_result_of_a_finished_conversation_is_kept_as_an_event_and_nothing_else()
    {
        var thinking = bench.Model.Later();
        var id = await bench.Engine.LeadWrites("¿A qué hora abrís?");
        await bench.Begin();
        await bench.Model.Asked();
        await bench.Engine.Do(id, new Claim(), TestEngine.Ana);
        await bench.Engine.Do(id, new FinalizeConversation("resuelto"), TestEngine.Ana);
        thinking.SetResult(ScriptedModel.Answer("Abrimos de 9 a 20 h.", 1));
        await bench.Settle();

        bench.Sent.Should().BeEmpty();
        bench.Suggestions(id).Should().BeEmpty();
        (await bench.Conversation(id)).Tab.Should().Be(Tab.Finished);
        bench.Store.Tasks().Should().BeEmpty();
    }

    [Fact]
    public async Task A_result_under_an_older_epoch_resumes_nothing()
    {
        bench.Model.Later();
        var id = await bench.Engine.LeadWrites("¿A qué hora abrís?");
        await bench.Begin();
        await bench.Model.Asked();
        var task = bench.Store.Tasks().Single().Task;
        var late = new TaskCompleted(task.Id, task.Instance, task.Bookmark, task.Epoch - 1, new AiResult(AiDecision.Answer) { Text = "tarde" }.Write(), "tarde");
        await bench.Engine.Append(new NewEvent(bench.Engine.Ids.Next(), "late", late) { ConversationId = id });
        await bench.Engine.Settle();

        bench.Sent.Should().BeEmpty();
    }

    [Fact]
    public async Task A_worker_that_dies_in_the_middle_leaves_one_answer()
    {
        await bench.Engine.LeadWrites("¿A qué hora abrís?");
        await bench.Engine.Settle();
        (await bench.Engine.Store.TakeTasks("dead", bench.Engine.Clock.GetUtcNow(), bench.Engine.Clock.GetUtcNow().AddMinutes(1), 9, default)).Should().HaveCount(1);
        await bench.Settle();
        bench.Sent.Should().BeEmpty("it is still the dead one's");

        bench.Model.Then(ScriptedModel.Answer("De 9 a 20 h.", 1));
        await bench.Engine.Crash();
        await bench.Settle();
        bench.Sent.Should().Equal("De 9 a 20 h.");
    }

    [Fact]
    public async Task When_no_worker_ever_comes_the_run_s_own_timer_hands_off()
    {
        var id = await bench.Engine.LeadWrites("¿A qué hora abrís?");
        await bench.Engine.Settle();
        bench.Engine.Clock.Advance(TimeSpan.FromMinutes(5));
        await bench.Engine.Settle();

        (await bench.Conversation(id)).Tab.Should().Be(Tab.Waiting);
        bench.HandOffs(id).Should().ContainSingle();
        bench.Store.Tasks().Should().BeEmpty();
    }

    [Fact]
    public async Task A_lead_who_asks_for_a_person_meanwhile_gets_one_and_the_answer_is_a_suggestion()
    {
        var thinking = bench.Model.Later();
        var id = await bench.Engine.LeadWrites("¿A qué hora abrís?");
        await bench.Begin();
        await bench.Model.Asked();
        await bench.Engine.LeadWrites("quiero hablar con una persona");
        await bench.Engine.Settle();
        thinking.SetResult(ScriptedModel.Answer("De 9 a 20 h.", 1));
        await bench.Settle();

        bench.Sent.Should().BeEmpty();
        (await bench.Conversation(id)).Owner.Kind.Should().Be(OwnerKind.Queue);
        bench.Suggestions(id).Should().ContainSingle();
    }

    [Fact]
    public async Task Asking_back_and_staying_silent_go_on_as_answered()
    {
        bench.Model.Then(ScriptedModel.Calls("ask", new { text = "¿De qué tienda hablas?" }), ScriptedModel.Calls("stay_silent", new { reason = "thanks" }), ScriptedModel.Answer("De 9 a 20 h.", 1));
        await bench.Says("Hola");
        await bench.Says("Gracias 👍");
        await bench.Says("¿Y el horario?");

        bench.Sent.Should().Equal("¿De qué tienda hablas?", "De 9 a 20 h.");
    }

    [Fact]
    public async Task A_handoff_by_the_model_goes_to_its_department_with_reason_summary_and_words()
    {
        using var speaking = new AiBench(AiBench.ReplyFlow(("handOffWords", "Te paso con el equipo.")));
        speaking.Model.Then(ScriptedModel.Calls("hand_off", new { reason = "quiere devolver", summary = "Compró ayer, llegó roto", department = "soporte" }));
        var id = await speaking.Says("Llegó roto");

        (await speaking.Conversation(id)).Owner.Should().Be(Owner.Queue("soporte", "Soporte"));
        var handed = speaking.HandOffs(id).Should().ContainSingle().Subject;
        (handed.Cause, handed.Data!["summary"]).Should().Be(("quiere devolver", "Compró ayer, llegó roto"));
        speaking.Sent.Should().Equal("Te paso con el equipo.");
    }

    [Fact]
    public async Task Connected_outcomes_are_the_flow_s_own_business()
    {
        var flow = TestFlows.Flow(
            "ai",
            [TestFlows.Trigger(), TestFlows.Node("ai", "AiReply"), TestFlows.Node("sorry", "AskQuestion", ("text", "No lo sé. ¿Me das tu correo?"), ("saveAs", "email"))],
            ("start", "Done", "ai"), ("ai", "NotSure", "sorry"), ("ai", "Failed", "sorry"));
        using var own = new AiBench(flow);
        own.Model.Then(ScriptedModel.Calls("hand_off", new { reason = "no sé", summary = "" }));
        var id = await own.Says("¿Qué tal el tiempo?");

        own.Sent.Should().Equal("No lo sé. ¿Me das tu correo?");
        (await own.Conversation(id)).Tab.Should().Be(Tab.Automated);
    }

    [Fact]
    public async Task After_as_many_replies_as_an_episode_may_have_people_go_on()
    {
        using var capped = new AiBench(AiBench.ReplyFlow(("maxTurns", 2)));
        capped.Model.Then(ScriptedModel.Answer("Uno", 1), ScriptedModel.Answer("Dos", 1), ScriptedModel.Answer("Tres", 1));
        var id = await capped.Says("¿A?");
        await capped.Says("¿B?");
        await capped.Says("¿C?");

        capped.Sent.Should().Equal("Uno", "Dos");
        (await capped.Conversation(id)).Tab.Should().Be(Tab.Waiting);
        capped.HandOffs(id).Single().Cause.Should().Contain("2 times");
    }

    [Theory]
    [InlineData(100, 0, 0)]
    [InlineData(0, 100, 0)]
    [InlineData(0, 0, 0.001)]
    public async Task When_a_budget_is_used_up_people_go_on_and_no_call_is_made(int conversation, int daily, double cost)
    {
        using var poor = new AiBench(options: new AiOptions { ConversationTokens = conversation, DailyTokens = daily, DailyCost = (decimal)cost });
        poor.Model.Then(ScriptedModel.Answer("Uno", 1), ScriptedModel.Answer("Dos", 1));
        var id = await poor.Says("¿A?");
        await poor.Says("¿B?");

        poor.Sent.Should().Equal("Uno");
        poor.Model.Requests.Should().HaveCount(1);
        (await poor.Conversation(id)).Tab.Should().Be(Tab.Waiting);
        poor.HandOffs(id).Single().Cause.Should().Contain("budget");
    }

    [Fact]
    public async Task The_next_day_has_a_budget_of_its_own()
    {
        using var poor = new AiBench(options: new AiOptions { DailyTokens = 100 });
        poor.Model.Then(ScriptedModel.Answer("Uno", 1), ScriptedModel.Answer("Dos", 1));
        await poor.Says("¿A?", "34600000001");
        poor.Engine.Clock.Advance(TimeSpan.FromHours(20));
        await poor.Says("¿B?", "34600000002");

        poor.Sent.Should().Equal("Uno", "Dos");
    }
}
