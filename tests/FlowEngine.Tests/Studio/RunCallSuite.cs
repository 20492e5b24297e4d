using System.Net;
using System.Text.Json.Nodes;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Tests.Api;
using FlowEngine.Tests.Stores;
using Microsoft.Extensions.DependencyInjection;
using static FlowEngine.Tests.Studio.StudioCalls;

namespace FlowEngine.Tests.Studio;

/// <summary>Runs that the Studio starts by itself, without a conversation.</summary>
public abstract class RunCallSuite(DatabaseKind kind)
{
    [SkippableFact]
    public async Task Run_starts_the_draft_and_names_the_run_in_the_headers_that_the_Studio_reads()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        await admin.Save(Flow("lines", """{ "id": "w", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "hi" } } }"""));

        var answer = await admin.TrySend("/workflow-definitions/lines/execute", new JsonObject { ["correlationId"] = null, ["triggerActivityId"] = null, ["versionOptions"] = "Latest", ["input"] = null });

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.GetValues("x-elsa-workflow-cannot-start").Single().Should().Be("False");
        var id = answer.Headers.GetValues("x-elsa-workflow-instance-id").Single();
        (await admin.Read($"/workflow-instances/{id}"))["subStatus"]!.ToString().Should().Be("Finished");
        (await admin.TrySend("/workflow-definitions/lines/execute", new JsonObject { ["versionOptions"] = "Published" })).StatusCode.Should().Be(HttpStatusCode.NotFound, "nothing of it is published");
        (await host.As("supervisor").TrySend("/workflow-definitions/lines/execute", new JsonObject())).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [SkippableFact]
    public async Task A_flow_that_needs_a_lead_stops_with_an_incident_that_says_so()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        await admin.Save(Flow("talk", """{ "id": "s", "name": "Say", "type": "FlowEngine.SendMessage", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "hi" } } }"""));

        var run = await Started(admin, "talk");

        run["subStatus"]!.ToString().Should().Be("Faulted");
        run["workflowState"]!["incidents"]!.AsArray().Single()!["message"]!.ToString().Should().Contain("needs a conversation");
    }

    [SkippableFact]
    public async Task A_run_of_its_own_is_cancelled_through_its_own_mailbox()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        await admin.Save(Flow("wait", """{ "id": "e", "type": "Elsa.Event", "version": 1, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Paid" } } }"""));
        var run = await Started(admin, "wait");
        run["subStatus"]!.ToString().Should().Be("Suspended");

        (await admin.Send("/bulk-actions/cancel/workflow-instances", new JsonObject { ["definitionVersionId"] = run["definitionVersionId"]!.ToString() }))["cancelled"]!.GetValue<int>().Should().Be(1);

        (await admin.Read($"/workflow-instances/{run["id"]}"))["subStatus"]!.ToString().Should().Be("Cancelled");
        (await admin.Send($"/workflow-instances/{run["id"]}/journal", new JsonObject()))["items"]!.AsArray().Select(l => l!["eventName"]!.ToString()).Should().Contain("Canceled");
    }

    [SkippableFact]
    public async Task An_event_tells_how_many_runs_it_has_begun_and_resumed()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        await admin.Save(Flow("waits", """{ "id": "e", "type": "Elsa.Event", "version": 1, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "paid" } } }"""));
        await admin.Save(Flow("begins", """{ "id": "e", "type": "Elsa.Event", "version": 1, "customProperties": { "canStartWorkflow": true }, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "paid" } } }"""), publish: true);
        var runs = new[] { await Started(admin, "waits"), await Started(admin, "waits"), await Started(admin, "waits") };
        var one = runs[0]["id"]!.ToString();

        (await Reached("nobody", new JsonObject())).Should().Be(0);
        (await Reached("paid", new JsonObject { ["correlationId"] = "k9" })).Should().Be(1, "one begins, and none of the three has that correlation");
        (await Reached("paid", new JsonObject { ["workflowInstanceId"] = one })).Should().Be(1);
        await host.As("admin").Send($"/bulk-actions/cancel/workflow-instances", new JsonObject { ["ids"] = new JsonArray(one) });
        (await Reached("paid", new JsonObject())).Should().Be(3, "one begins and two are left");

        async Task<int> Reached(string name, JsonObject body) => (await admin.Send($"/events/{name}/trigger", body))["reached"]!.GetValue<int>();
    }

    [SkippableFact]
    public async Task A_run_of_its_own_is_tried_again_where_it_failed()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        await admin.Save(Flow("fails", """{ "id": "j", "type": "Elsa.RunJavaScript", "version": 1, "script": { "typeName": "String", "expression": { "type": "JavaScript", "value": "missing()" } } }"""));
        var run = await Started(admin, "fails");

        var retried = await admin.Send("/alterations/workflows/retry", new JsonObject { ["workflowInstanceIds"] = new JsonArray(run["id"]!.ToString()) });

        retried["results"]!.AsArray().Single()!["isSuccessful"]!.GetValue<bool>().Should().BeTrue();
        var executions = (await admin.Read($"/activity-executions/list?WorkflowInstanceId={run["id"]}&ActivityNodeId=Workflow1%3AFlowchart1%3Aj"))["items"]!.AsArray();
        executions.Last()!["status"]!.ToString().Should().Be("Faulted");
        executions.Sum(e => e!["aggregateFaultCount"]!.GetValue<int>()).Should().Be(2);
    }

    [SkippableFact]
    public async Task Attempts_of_a_request_are_listed_one_by_one_and_told_of_its_containers_too()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        await admin.Save(Flow("calls", """{ "id": "h", "type": "Elsa.FlowSendHttpRequest", "version": 1, "url": { "typeName": "String", "expression": { "type": "Literal", "value": "https://partner.example" } } }"""));
        var run = await Started(admin, "calls");
        const string answer =
            """
            { "StatusCode": 200, "Attempts": 3, "Retried": [
              { "Number": 1, "At": "2026-01-01T00:00:00.0000000+00:00", "Pause": "00:00:01", "StatusCode": 503 },
              { "Number": 2, "At": "2026-01-01T00:00:01.0000000+00:00", "Pause": "00:00:02.5000000", "Failure": "Timeout", "Detail": "No answer within 30 s." } ] }
            """;
        var (id, bookmark) = (Guid.Parse(run["id"]!.ToString()), run["workflowState"]!["bookmarks"]!.AsArray().Single()!);
        await host.Services.GetRequiredService<Intake>().Accept([new NewEvent(Guid.NewGuid(), "task:1", new TaskCompleted(Guid.NewGuid(), id, bookmark["id"]!.ToString(), 0, answer)) { ConversationId = id }], default);

        // An alteration waits for its turn, and turns are in order.
        await admin.Send("/alterations/run", new JsonObject { ["workflowInstanceIds"] = new JsonArray(id.ToString()), ["alterations"] = new JsonArray(new JsonObject { ["type"] = "ModifyVariable", ["variableId"] = "none" }) });

        var list = await admin.Read($"/resilience/retries/{bookmark["activityInstanceId"]}");
        list["totalCount"]!.GetValue<int>().Should().Be(2);
        list["items"]!.AsArray().Select(r => $"{r!["activityId"]} {r["activityInstanceId"]} {r["workflowInstanceId"]} {r["attemptNumber"]} {r["retryDelay"]} {r["result"]} {r["exception"]?["type"]} {r["exception"]?["message"]}").Should().Equal(
            $$"""h {{bookmark["activityInstanceId"]}} {{id}} 1 00:00:01 {"StatusCode":503}  """, $"h {bookmark["activityInstanceId"]} {id} 2 00:00:02.5000000  Timeout No answer within 30 s.");
        (await admin.Read($"/resilience/retries/{bookmark["activityInstanceId"]}?skip=1&take=5"))["items"]!.AsArray().Should().ContainSingle();
        (await admin.Read("/resilience/retries/nobody"))["items"]!.AsArray().Should().BeEmpty();
        var executions = (await admin.Read($"/activity-execution-summaries/list?WorkflowInstanceId={id}"))["items"]!.AsArray();
        executions.Should().OnlyContain(e => e!["metadata"]!["HasRetryAttempts"]!.GetValue<bool>() && e["status"]!.ToString() == "Completed");
        (await admin.Send("/activity-executions/report", new JsonObject { ["workflowInstanceId"] = id.ToString(), ["activityNodeIds"] = new JsonArray("Workflow1:Flowchart1:h") }))["stats"]![0]!["metadata"]!["HasRetryAttempts"]!.GetValue<bool>().Should().BeTrue();
    }

    [SkippableFact]
    public async Task Live_changes_are_told_to_those_who_may_look()
    {
        await using var host = await ApiHost.On(kind);
        const string negotiate = "/elsa/hubs/workflow-instance/negotiate?negotiateVersion=1";

        var answer = await host.As("supervisor").PostAsync(negotiate, null);

        (await ApiHost.Json(answer)).GetProperty("availableTransports").GetArrayLength().Should().BePositive();
        (await host.As("agent").PostAsync(negotiate, null)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await host.As("supervisor").Read("/features/installed"))["items"]!.AsArray().Select(f => f!["fullName"]!.ToString()).Should().Contain("Elsa.RealTimeWorkflowUpdates");
    }

    private static async Task<JsonObject> Started(HttpClient admin, string definition)
    {
        var answer = await admin.TrySend($"/workflow-definitions/{definition}/execute", new JsonObject { ["versionOptions"] = "Latest" });
        return await admin.Read($"/workflow-instances/{answer.Headers.GetValues("x-elsa-workflow-instance-id").Single()}");
    }

    private static JsonObject Flow(string id, string activity)
    {
        var model = Hello(id);
        model["root"]!["activities"] = new JsonArray(JsonNode.Parse(activity));
        model["root"]!["connections"] = new JsonArray();
        return model;
    }
}

public sealed class SqliteRunCallTests() : RunCallSuite(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresRunCallTests() : RunCallSuite(DatabaseKind.Postgres);
