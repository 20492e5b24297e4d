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
