using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FlowEngine.Conversations;
using FlowEngine.Server.Trials;
using FlowEngine.Tests.Api;
using FlowEngine.Tests.Studio;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Trials;

public sealed class TrialTests
{
    [Fact]
    public async Task A_draft_is_tried_to_its_end_and_nobody_else_sees_anything_of_it()
    {
        await using var host = await ApiHost.Start();
        var admin = host.As("admin");
        var draft = await admin.Save(Asking("FlowEngine.AskQuestion", """ "text": { "typeName": "String", "expression": { "type": "Literal", "value": "¿Cómo te llamas?" } }, "saveAs": { "typeName": "String", "expression": { "type": "Literal", "value": "name" } } """, "Answered"));
        var trial = await Begin(host);

        var asked = await trial.Write("Hola");
        var ended = await trial.Write("Ana");

        asked.Messages.Select(m => m.Content.Text).Should().Equal("Hola", "¿Cómo te llamas?");
        asked.Conversation!.Tab.Should().Be(Tab.Automated);
        ended.Conversation!.Tab.Should().Be(Tab.Waiting);
        ended.Conversation.Fields["name"].Should().Be("Ana");
        ended.Steps.Where(s => s.Event == "Completed").SelectMany(s => s.Outcomes).Should().Contain("Answered");
        (await ApiHost.Json(await admin.GetAsync("/api/conversations?tab=waiting"))).GetProperty("items").GetArrayLength().Should().Be(0);
        (await admin.Send("/workflow-instances", new JsonObject()))["totalCount"]!.GetValue<int>().Should().Be(0);
        draft["name"] = "Renamed";
        (await admin.Save(draft))["version"]!.GetValue<int>().Should().Be(1, "no run stands on the draft");
    }

    [Fact]
    public async Task Time_passes_for_the_trial_alone_and_what_was_due_in_it_happens()
    {
        await using var host = await ApiHost.Start();
        await host.As("admin").Save(Asking("FlowEngine.AskQuestion", """ "text": { "typeName": "String", "expression": { "type": "Literal", "value": "¿Sigues ahí?" } }, "timeout": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "04:00:00" } } """, "Timeout"));
        var trial = await Begin(host);

        var waiting = await trial.Write("Hola");
        var early = await trial.Pass(TimeSpan.FromHours(1));
        var late = await trial.Pass(TimeSpan.FromHours(3));

        waiting.NextAt.Should().Be(waiting.Now + TimeSpan.FromHours(4));
        early.Conversation!.Tab.Should().Be(Tab.Automated);
        late.Conversation!.Tab.Should().Be(Tab.Waiting, "its way on from Timeout leads to people");
        host.Clock.GetUtcNow().Should().BeBefore(late.Now - TimeSpan.FromHours(3));
    }

    [Fact]
    public async Task Nobody_outside_is_called_and_the_flow_goes_on_as_when_nobody_can_be_reached()
    {
        await using var host = await ApiHost.Start();
        await host.As("admin").Save(Asking("Elsa.FlowSendHttpRequest", """ "url": { "typeName": "Uri", "expression": { "type": "Literal", "value": "https://shop.example/orders" } } """, "Failed to connect"));
        var trial = await Begin(host);

        var view = await trial.Write("Hola");

        view.Steps.Where(s => s.Event == "Completed").SelectMany(s => s.Outcomes).Should().Contain("Failed to connect");
        view.Conversation!.Tab.Should().Be(Tab.Waiting);
    }

    [Fact]
    public async Task A_request_gets_the_answer_that_was_made_up_for_it_and_stays_here()
    {
        await using var host = await ApiHost.Start();
        await host.As("admin").Save(Asking("Elsa.FlowSendHttpRequest", """ "url": { "typeName": "Uri", "expression": { "type": "Literal", "value": "https://shop.example/orders" } }, "authorization": { "typeName": "String", "expression": { "type": "Literal", "value": "secret" } } """, "200"));
        var trial = await Begin(host);
        trial.Outside = new TrialOutside { Requests = TrialRequests.Answer, Body = """{ "price": 120 }""" };

        var view = await trial.Write("Hola");

        view.Steps.Where(s => s.Event == "Completed").SelectMany(s => s.Outcomes).Should().Contain("200");
        view.Conversation!.Tab.Should().Be(Tab.Waiting);
        view.Requests.Should().Equal(new TrialRequest("GET", "https://shop.example/orders", Sent: false));
    }

    [Fact]
    public async Task A_request_that_may_be_sent_is_judged_by_the_same_bounds_as_a_real_one()
    {
        await using var host = await ApiHost.Start();
        await host.As("admin").Save(Asking("Elsa.FlowSendHttpRequest", """ "url": { "typeName": "Uri", "expression": { "type": "Literal", "value": "http://127.0.0.1:9/orders" } } """, "Failed to connect"));
        var trial = await Begin(host);
        trial.Outside = new TrialOutside { Requests = TrialRequests.Send };

        var view = await trial.Write("Hola");

        view.Requests.Should().Equal(new TrialRequest("GET", "http://127.0.0.1:9/orders", Sent: true));
        view.Conversation!.Tab.Should().Be(Tab.Waiting, "an address of our own network is refused");
    }

    [Fact]
    public async Task The_answerer_of_this_server_answers_a_trial_from_the_articles_and_nothing_of_it_is_counted()
    {
        await using var host = await ApiHost.Start();
        var admin = host.As("admin");
        (await admin.PostAsJsonAsync("/api/knowledge", new { title = "Horario", body = "¿Cuál es el horario de la tienda?\n\nEl horario de la tienda es de lunes a viernes de 9 a 18 horas.", language = "es" })).EnsureSuccessStatusCode();
        await admin.Save(Asking("FlowEngine.AiReply", """ "knowledge": { "typeName": "Boolean", "expression": { "type": "Literal", "value": "True" } } """, "Failed"));
        var trial = await Begin(host);

        var view = await trial.Write("¿Cuál es el horario de la tienda?");

        trial.ModelIsOutside.Should().BeFalse();
        view.Messages.Select(m => m.Content.Text).Should().Contain(t => t.Contains("lunes a viernes", StringComparison.Ordinal));
        await using var db = await host.Services.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<FlowEngine.Server.Persistence.FlowEngineContext>>().CreateDbContextAsync();
        db.ModelUses.Should().BeEmpty();
    }

    [Fact]
    public async Task A_text_that_cannot_run_is_refused_with_what_the_verifier_found()
    {
        await using var host = await ApiHost.Start();
        var model = StudioCalls.Hello("tried");
        model["customProperties"] = new JsonObject { ["FlowEngine:OnFault"] = "Panic" };
        await host.As("admin").Save(model);
        var flows = host.Services.GetRequiredService<TrialFlows>();

        var (trial, findings) = (await flows.Begin("tried", CancellationToken.None))!.Value;

        trial.Should().BeNull();
        findings.Should().Contain(f => f.Message.Contains("Panic", StringComparison.Ordinal));
        (await flows.Begin("none", CancellationToken.None)).Should().BeNull();
    }

    private static async Task<Trial> Begin(ApiHost host) =>
        (await host.Services.GetRequiredService<TrialFlows>().Begin("tried", CancellationToken.None))!.Value.Trial!;

    /// <summary>A flow that does this when a lead writes, and gives the lead to people by that outcome.</summary>
    private static JsonObject Asking(string type, string inputs, string outcome)
    {
        var model = StudioCalls.Hello("tried");
        model["root"]!["activities"]![1] = JsonNode.Parse($$"""{ "id": "a2", "name": "Step", "type": "{{type}}", "version": 1, {{inputs}} }""");
        model["root"]!["connections"]![1]!["source"]!["port"] = outcome;
        return model;
    }
}
