using System.Net;
using System.Text.Json.Nodes;
using FlowEngine.Server.Persistence;
using FlowEngine.Tests.Api;
using FlowEngine.Tests.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static FlowEngine.Tests.Studio.StudioCalls;
using static FlowEngine.Tests.Studio.StudioRuns;

namespace FlowEngine.Tests.Studio;

public abstract class InstanceCallSuite(DatabaseKind kind)
{
    [SkippableFact]
    public async Task A_run_is_listed_by_its_conversation_its_flow_and_its_state()
    {
        await using var host = await ApiHost.On(kind);
        var (conversation, instance) = await Waiting(host);
        var supervisor = host.As("supervisor");

        async Task<int> Found(JsonObject filter) => (await supervisor.Send("/workflow-instances", filter))["totalCount"]!.GetValue<int>();
        var all = await supervisor.Send("/workflow-instances", new JsonObject { ["page"] = 0, ["pageSize"] = 10, ["searchTerm"] = "", ["definitionIds"] = new JsonArray(), ["isSystem"] = false, ["orderDirection"] = "Descending" });

        var listed = all["items"]!.AsArray().Single()!;
        listed["id"]!.ToString().Should().Be(instance);
        (listed["status"]!.ToString(), listed["subStatus"]!.ToString(), listed["conversationId"]!.ToString()).Should().Be(("Running", "Suspended", conversation.ToString()));
        (await Found(new() { ["correlationId"] = conversation.ToString() })).Should().Be(1);
        (await Found(new() { ["searchTerm"] = conversation.ToString() })).Should().Be(1);
        (await Found(new() { ["definitionIds"] = new JsonArray("ask") })).Should().Be(1);
        (await Found(new() { ["definitionIds"] = new JsonArray("other") })).Should().Be(0);
        (await Found(new() { ["subStatuses"] = new JsonArray("Faulted") })).Should().Be(0);
        (await Found(new() { ["statuses"] = new JsonArray("Running"), ["subStatuses"] = new JsonArray("Suspended") })).Should().Be(1);
        (await Found(new() { ["hasIncidents"] = true })).Should().Be(0);
        (await Found(Since("GreaterThan"))).Should().Be(0);
        (await Found(Since("LessThanOrEqual"))).Should().Be(1);

        JsonObject Since(string how) => new() { ["timestampFilters"] = new JsonArray(new JsonObject { ["column"] = "CreatedAt", ["operator"] = how, ["timestamp"] = host.Clock.GetUtcNow().AddMinutes(1).ToString("O") }) };
    }

    [SkippableFact]
    public async Task The_viewer_gets_state_bookmarks_journal_badges_and_executions_under_the_same_node_ids()
    {
        await using var host = await ApiHost.On(kind);
        var (_, instance) = await Waiting(host);
        var client = host.As("supervisor");

        var whole = await client.Read($"/workflow-instances/{instance}");
        var state = whole["workflowState"]!;
        state["bookmarks"]!.AsArray().Single()!["activityNodeId"]!.ToString().Should().Be("Workflow1:Flowchart1:q");
        state["incidents"]!.AsArray().Should().BeEmpty();
        state["activityExecutionContexts"]!.AsArray().Single()!["scheduledActivityNodeId"]!.ToString().Should().Be("Workflow1");
        (await client.Read($"/workflow-definitions/by-id/{whole["definitionVersionId"]}"))["definitionId"]!.ToString().Should().Be("ask");
        (await client.Read($"/workflow-instances/{instance}/execution-state"))["subStatus"]!.ToString().Should().Be("Suspended");
        (await client.Read($"/workflow-instances/{instance}/variables"))["items"]!.AsArray().Single()!["name"]!.ToString().Should().Be("topic");

        var journal = await client.Send($"/workflow-instances/{instance}/journal?skip=0&take=2", Filter(excluded: ["Elsa.Workflow", "Elsa.Flowchart"]));
        journal["totalCount"]!.GetValue<int>().Should().Be(4);
        journal["items"]!.AsArray().Select(l => $"{l!["nodeId"]} {l["eventName"]}").Should().Equal("Workflow1:Flowchart1:start Started", "Workflow1:Flowchart1:start Completed");
        (await client.Send($"/workflow-instances/{instance}/journal", Filter(nodes: ["Workflow1:Flowchart1:q"])))["items"]!.AsArray().Select(l => l!["eventName"]!.ToString()).Should().Equal("Started", "Suspended");

        var stats = (await client.Send("/activity-executions/report", new JsonObject { ["workflowInstanceId"] = instance, ["activityNodeIds"] = new JsonArray("Workflow1:Flowchart1:start", "Workflow1:Flowchart1:q", "Workflow1:Flowchart1:people") }))["stats"]!.AsArray();
        stats.Select(s => (s!["activityId"]!.ToString(), s["completedCount"]!.GetValue<int>(), s["isBlocked"]!.GetValue<bool>())).Should().Equal(("start", 1, false), ("q", 0, true));

        var execution = (await client.Read($"/activity-execution-summaries/list?WorkflowInstanceId={instance}&ActivityNodeId=Workflow1%3AFlowchart1%3Aq"))["items"]!.AsArray().Single()!;
        (execution["status"]!.ToString(), execution["hasBookmarks"]!.GetValue<bool>()).Should().Be(("Running", true));
        execution["activityState"].Should().BeNull("a summary is without state");
        var record = await client.Read($"/activity-executions/by-id?id={execution["id"]}");
        record["activityState"]!["Text"]!.ToString().Should().Be("¿Cómo te llamas?");
        (await client.Read($"/activity-executions/{execution["id"]}/call-stack"))["items"]!.AsArray().Select(r => r!["activityId"]!.ToString()).Should().Equal("Workflow1", "Flowchart1", "q");
    }

    [SkippableFact]
    public async Task What_there_is_not_is_answered_404()
    {
        await using var host = await ApiHost.On(kind);
        foreach (var path in new[] { "/workflow-instances/x", "/workflow-instances/018f0000-0000-7000-8000-000000000001", "/workflow-instances/x/execution-state", "/activity-executions/by-id?id=x", "/activity-executions/x/call-stack" })
        {
            (await host.As("supervisor").GetAsync(Root + path)).StatusCode.Should().Be(HttpStatusCode.NotFound, path);
        }
    }

    [SkippableFact]
    public async Task A_cancelled_run_is_closed_in_its_records_and_its_lead_goes_to_people()
    {
        await using var host = await ApiHost.On(kind);
        var (conversation, instance) = await Waiting(host);
        var admin = host.As("admin");
        (await host.As("supervisor").PostAsync($"{Root}/cancel/workflow-instances/{instance}", null)).StatusCode.Should().Be(HttpStatusCode.Forbidden);

        (await admin.PostAsync($"{Root}/cancel/workflow-instances/{instance}", null)).StatusCode.Should().Be(HttpStatusCode.OK);

        (await admin.Read($"/workflow-instances/{instance}"))["subStatus"]!.ToString().Should().Be("Cancelled");
        (await ApiHost.Json(await admin.GetAsync($"/api/conversations/{conversation}"))).GetProperty("owner").GetProperty("kind").GetString().Should().Be("nobody", "the flow that has ended speaks no more");
        (await Messages(await admin.PostAsync($"{Root}/cancel/workflow-instances/{instance}", null))).Single().Should().Contain("has ended");
        (await admin.DeleteAsync($"{Root}/workflow-instances/{instance}")).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await admin.GetAsync($"{Root}/workflow-instances/{instance}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task A_run_that_goes_on_is_not_deleted()
    {
        await using var host = await ApiHost.On(kind);
        var (_, instance) = await Waiting(host);
        (await Messages(await host.As("admin").DeleteAsync($"{Root}/workflow-instances/{instance}"))).Single().Should().Contain("cancel it first");
        (await host.As("admin").Send("/bulk-actions/delete/workflow-instances/by-id", new JsonObject { ["ids"] = new JsonArray(instance) }))["deleted"]!.GetValue<int>().Should().Be(0);
    }

    [SkippableFact]
    public async Task A_failed_run_shows_its_incident_on_the_activity_and_retry_is_the_inboxs_own()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var model = Hello("broken");
        model["root"]!["activities"]![1] = JsonNode.Parse("""{ "id": "a2", "name": "Say", "type": "FlowEngine.SendMessage", "version": 1, "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "missing.thing" } } }""");
        await admin.Save(model, publish: true);
        var (conversation, instance) = await Wrote(host);

        var whole = await admin.Read($"/workflow-instances/{instance}");
        var incident = whole["workflowState"]!["incidents"]!.AsArray().Single()!;
        var retried = await admin.Send("/alterations/workflows/retry", new JsonObject { ["workflowInstanceIds"] = new JsonArray(instance) });

        (whole["status"]!.ToString(), whole["subStatus"]!.ToString(), whole["incidentCount"]!.GetValue<int>()).Should().Be(("Finished", "Faulted", 1));
        incident["activityNodeId"]!.ToString().Should().Be("Workflow1:Flowchart1:a2");
        incident["exception"]!["message"]!.ToString().Should().NotBeEmpty();
        incident["exception"]!["innerException"]!["message"]!.ToString().Should().Contain("missing");
        retried["results"]!.AsArray().Single()!["isSuccessful"]!.GetValue<bool>().Should().BeTrue();
        await using var context = await host.Services.GetRequiredService<IDbContextFactory<FlowEngineContext>>().CreateDbContextAsync();
        (await context.Incidents.CountAsync(i => i.ConversationId == conversation)).Should().Be(2, "the first was closed by the retry, and the second failure is a new one");
    }

    [SkippableFact]
    public async Task Runs_stay_on_their_version_when_another_is_published()
    {
        await using var host = await ApiHost.On(kind);
        var (conversation, instance) = await Waiting(host);
        var admin = host.As("admin");
        var definition = await admin.Read("/workflow-definitions/by-definition-id/ask");
        definition["root"]!["activities"]![1]!["name"] = "Another question";
        await admin.Save(definition, publish: true);

        await Write(host, "Marta", conversation);

        (await admin.Read($"/workflow-instances/{instance}"))["version"]!.GetValue<int>().Should().Be(1);
        (await admin.Read("/workflow-definitions/by-definition-id/ask?versionOptions=Published"))["version"]!.GetValue<int>().Should().Be(2);
    }

    private static JsonObject Filter(string[]? nodes = null, string[]? excluded = null) => new()
    {
        ["filter"] = new JsonObject
        {
            ["activityIds"] = null,
            ["activityNodeIds"] = nodes is null ? null : new JsonArray([.. nodes.Select(n => (JsonNode)n)]),
            ["excludedActivityTypes"] = excluded is null ? null : new JsonArray([.. excluded.Select(n => (JsonNode)n)]),
            ["eventNames"] = null,
        },
    };
}

public sealed class SqliteInstanceCallTests() : InstanceCallSuite(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresInstanceCallTests() : InstanceCallSuite(DatabaseKind.Postgres);
