using System.Text.Json.Nodes;
using FlowEngine.Conversations;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Trials;
using FlowEngine.Tests.Ai;
using FlowEngine.Tests.Api;
using FlowEngine.Tests.Studio;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Trials;

/// <summary>Trials on a server that has a language model: a real endpoint on 127.0.0.1, as the configuration names it.</summary>
public sealed class TrialModelTests : IAsyncLifetime
{
    private static readonly TrialOutside Asking = new() { AskModel = true };

    private ModelStub stub = null!;
    private ApiHost host = null!;

    public async Task InitializeAsync()
    {
        stub = await ModelStub.Start();
        host = await ApiHost.Start(settings: new Dictionary<string, string?>
        {
            ["FlowEngine:Ai:Endpoint"] = stub.Endpoint,
            ["FlowEngine:Ai:Model"] = "stub",
            ["FlowEngine:Ai:InputPrice"] = "1",
            ["FlowEngine:Ai:Attempts"] = "2",
            ["FlowEngine:Ai:Backoff"] = "00:00:00",
        });
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await stub.DisposeAsync();
    }

    [Fact]
    public async Task The_model_is_asked_only_when_that_is_chosen_and_until_then_the_flow_goes_the_way_for_its_failing()
    {
        using var trial = await Begin();
        stub.Otherwise = Answers.Calls("answer", new { text = "Abrimos a las nueve.", sources = Array.Empty<int>() });

        var silent = await trial.Write("¿A qué hora abrís?");
        trial.Outside = Asking;
        using var second = await Begin(Asking);
        var answered = await second.Write("¿A qué hora abrís?");

        trial.ModelIsOutside.Should().BeTrue();
        silent.Conversation!.Tab.Should().Be(Tab.Waiting, "its way on from Failed leads to people");
        answered.Messages.Select(m => m.Content.Text).Should().Equal("¿A qué hora abrís?", "Abrimos a las nueve.");
        stub.Requests.Should().ContainSingle();
        stub.Requests[0].ToJsonString().Should().Contain("Be short.");
    }

    [Fact]
    public async Task What_a_trial_has_used_is_noted_for_the_days_budget_and_nothing_else_of_it_is()
    {
        using var trial = await Begin(Asking);
        stub.Otherwise = Answers.Calls("answer", new { text = "Sí.", sources = Array.Empty<int>() });

        await trial.Write("¿Hola?");
        await trial.Pass(TimeSpan.FromDays(2));
        await trial.Write("¿Y ahora?");

        await using var db = await host.Services.GetRequiredService<IDbContextFactory<FlowEngineContext>>().CreateDbContextAsync();
        var uses = await db.ModelUses.ToListAsync();
        uses.Should().HaveCount(2).And.OnlyContain(u => u.InputTokens == 120 && u.OutputTokens == 30 && u.At == host.Clock.GetUtcNow(), "it was paid today, whatever day it is in the trial");
        (await db.Conversations.CountAsync(), await db.Messages.CountAsync(), await db.Instances.CountAsync()).Should().Be((0, 0, 0));
    }

    [Theory]
    [InlineData("500", 2)]
    [InlineData("429", 2)]
    [InlineData("401", 1)]
    [InlineData("breaks off", 2)]
    [InlineData("no json", 2)]
    public async Task A_model_that_fails_leads_the_trial_the_way_that_a_real_lead_would_go(string way, int calls)
    {
        using var trial = await Begin(Asking);
        stub.Otherwise = EndpointTests.Way(way);

        var view = await trial.Write("¿Hola?");

        stub.Requests.Should().HaveCount(calls);
        view.Conversation!.Tab.Should().Be(Tab.Waiting);
        view.Messages.Should().ContainSingle("nothing was said that no model said");
        view.Steps.Where(s => s.Event == "Completed").SelectMany(s => s.Outcomes).Should().ContainSingle(o => o == "Failed" || o == "NotSure");
    }

    [Fact]
    public async Task A_model_that_says_nothing_is_given_up_when_its_time_is_over()
    {
        using var trial = await Begin(Asking);
        stub.Otherwise = Answers.Waits(new TaskCompletionSource().Task, Answers.Says("never"));

        var writing = trial.Write("¿Hola?");
        for (var call = 0; call < 2; call++)
        {
            await stub.Arrival();
            host.Clock.Advance(TimeSpan.FromSeconds(31));
            await stub.Breaking();
        }

        (await writing).Conversation!.Tab.Should().Be(Tab.Waiting);
        stub.Active.Should().Be(0);
    }

    [Fact]
    public async Task A_trial_that_is_left_while_the_model_thinks_breaks_the_call_off()
    {
        var trial = await Begin(Asking);
        stub.Otherwise = Answers.Waits(new TaskCompletionSource().Task, Answers.Says("never"));

        var writing = trial.Write("¿Hola?");
        await stub.Arrival();
        trial.Dispose();

        await writing.Invoking(w => w).Should().ThrowAsync<OperationCanceledException>();
        await stub.Breaking();
    }

    [Fact]
    public async Task Two_messages_while_the_model_thinks_are_answered_one_after_the_other()
    {
        using var trial = await Begin(Asking);
        var thought = new TaskCompletionSource();
        stub.Otherwise = Answers.Calls("ask", new { text = "¿Algo más?" });
        stub.Then(Answers.Waits(thought.Task, Answers.Calls("ask", new { text = "¿Para cuántos?" })));

        var first = trial.Write("Quiero una mesa.");
        await stub.Arrival();
        var second = trial.Write("Para mañana.");
        thought.SetResult();

        (await first).Messages.Select(m => m.Content.Text).Should().Equal("Quiero una mesa.", "¿Para cuántos?");
        (await second).Messages.Select(m => m.Content.Text).Should().Equal("Quiero una mesa.", "¿Para cuántos?", "Para mañana.", "¿Algo más?");
    }

    /// <summary>A flow that answers by the model whatever the lead writes, and gives the lead to people when it cannot.</summary>
    private async Task<Trial> Begin(TrialOutside? outside = null)
    {
        var model = StudioCalls.Hello("tried");
        model["root"]!["activities"]![1] = JsonNode.Parse(
            """{ "id": "a2", "name": "Assistant", "type": "FlowEngine.AiReply", "version": 1, "knowledge": { "typeName": "Boolean", "expression": { "type": "Literal", "value": "False" } }, "instructions": { "typeName": "String", "expression": { "type": "Literal", "value": "Be short." } } }""");
        model["root"]!["connections"]![1]!["source"]!["port"] = "Failed";
        ((JsonArray)model["root"]!["activities"]!).Add(JsonNode.Parse("""{ "id": "a4", "name": "More", "type": "FlowEngine.MessageReceived", "version": 1 }"""));
        foreach (var (from, port, to) in new[] { ("a2", "NotSure", "a3"), ("a2", "Answered", "a4"), ("a4", "Done", "a2") })
        {
            ((JsonArray)model["root"]!["connections"]!).Add(JsonNode.Parse($$"""{ "source": { "activity": "{{from}}", "port": "{{port}}" }, "target": { "activity": "{{to}}", "port": "In" } }"""));
        }

        await host.As("admin").Save(model);
        var trial = (await host.Services.GetRequiredService<TrialFlows>().Begin("tried", CancellationToken.None))!.Value.Trial!;
        trial.Outside = outside ?? new TrialOutside();
        return trial;
    }
}
