using System.Net;
using System.Text.Json.Nodes;
using FlowEngine.Tests.Api;
using FlowEngine.Tests.Turns;
using static FlowEngine.Tests.Studio.StudioCalls;
using static FlowEngine.Tests.Studio.StudioRuns;

namespace FlowEngine.Tests.Studio;

/// <summary>Elsa's alterations, over its routes.</summary>
public sealed class AlterationCallTests
{
    [Fact]
    public async Task A_run_that_waits_gets_another_value_and_moves_to_another_version_in_one_call()
    {
        await using var host = await ApiHost.Start();
        var admin = host.As("admin");
        var run = await Begun(admin);
        await admin.Save(Waits("Second"), publish: true);

        var answer = await admin.Send("/alterations/run", Request([run], Modify("41"), new JsonObject { ["type"] = "Migrate", ["targetVersion"] = 2 }));

        var result = answer["results"]!.AsArray().Single()!;
        (result["workflowInstanceId"]!.ToString(), result["isSuccessful"]!.GetValue<bool>()).Should().Be((run, true));
        result["log"]!["logEntries"]!.AsArray().Select(l => l!["message"]!.ToString()).Should().Equal("ModifyVariable succeeded", "Migrate succeeded");
        (await admin.Read($"/workflow-instances/{run}"))["version"]!.GetValue<int>().Should().Be(2);
        (await Value(admin, run)).Should().Be(41);
        (await host.As("supervisor").TrySend("/alterations/run", Request([run], Modify("1")))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Where_one_of_them_does_not_apply_none_is_done_and_the_log_says_why()
    {
        await using var host = await ApiHost.Start();
        var admin = host.As("admin");
        var run = await Begun(admin);

        var answer = await admin.Send("/alterations/run", Request([run], Modify("41"), new JsonObject { ["type"] = "Migrate", ["targetVersion"] = 9 }));

        var result = answer["results"]!.AsArray().Single()!;
        result["isSuccessful"]!.GetValue<bool>().Should().BeFalse();
        result["log"]!["logEntries"]!.AsArray().Single()!["message"]!.ToString().Should().Contain("no version 'waits 9'");
        (await Value(admin, run)).Should().Be(1);
    }

    [Fact]
    public async Task An_activity_is_scheduled_and_the_wait_beside_it_cancelled()
    {
        await using var host = await ApiHost.Start();
        var admin = host.As("admin");
        var run = await Begun(admin);

        await admin.Send("/alterations/run", Request([run], new JsonObject { ["type"] = "ScheduleActivity", ["activityId"] = "w" }, new JsonObject { ["type"] = "CancelActivity", ["activityId"] = "e" }));

        (await admin.Read($"/workflow-instances/{run}"))["subStatus"]!.ToString().Should().Be("Finished");
        var stats = await admin.Send("/activity-executions/report", new JsonObject { ["workflowInstanceId"] = run, ["activityNodeIds"] = new JsonArray("Workflow1:Flowchart1:w") });
        stats["stats"]!.AsArray().Single()!["completedCount"]!.GetValue<int>().Should().Be(1);
    }

    [Fact]
    public async Task Bursts_of_one_turn_are_told_in_the_order_in_which_they_were()
    {
        await using var host = await ApiHost.Start();
        var admin = host.As("admin");
        var run = await Begun(admin);
        JsonObject schedule = new() { ["type"] = "ScheduleActivity", ["activityId"] = "m" }, cancel = new() { ["type"] = "CancelActivity", ["activityId"] = "m" };

        await admin.Send("/alterations/run", Request([run], schedule, cancel, schedule, cancel, schedule, cancel, schedule, cancel));

        var items = (await admin.Send($"/workflow-instances/{run}/journal", new JsonObject { ["filter"] = new JsonObject { ["activityIds"] = new JsonArray("m") } }))["items"]!.AsArray();
        items.Select(i => i!["sequence"]!.GetValue<long>()).Should().BeInAscendingOrder().And.HaveCount(12);
        (await admin.Read($"/activity-execution-summaries/list?WorkflowInstanceId={run}&ActivityNodeId=Workflow1:Flowchart1:m"))["items"]!.AsArray().Select(i => i!["status"]!.ToString())
            .Should().Equal("Canceled", "Canceled", "Canceled", "Canceled");
    }

    [Theory]
    [InlineData("""{ "type": "Explode" }""", "no alteration 'Explode'")]
    [InlineData("""{ "type": "Migrate" }""", "targetVersion")]
    [InlineData("""{ "type": "ModifyVariable", "value": 1 }""", "variableId")]
    [InlineData("""{ "type": "ScheduleActivity" }""", "activityId")]
    public async Task What_says_nothing_that_can_be_done_is_refused_by_name(string alteration, string why)
    {
        await using var host = await ApiHost.Start();
        var refused = await host.As("admin").TrySend("/alterations/run", Request(["018f0000-0000-8000-8000-000000000001"], (JsonObject)JsonNode.Parse(alteration)!));

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await Messages(refused)).Single().Should().Contain(why);
    }

    [Fact]
    public async Task A_plan_alters_what_its_filter_finds_and_tells_what_became_of_each_run()
    {
        await using var host = await ApiHost.Start();
        var admin = host.As("admin");
        string[] runs = [await Begun(admin), await Begun(admin), await Begun(admin)];
        await admin.Send($"/bulk-actions/cancel/workflow-instances", new JsonObject { ["ids"] = new JsonArray(runs[2]) });
        var filter = new JsonObject { ["definitionIds"] = new JsonArray("waits") };

        (await admin.Send("/alterations/dry-run", filter.DeepClone()))["workflowInstanceIds"]!.AsArray().Select(i => i!.ToString()).Should().BeEquivalentTo(runs);
        var plan = (await admin.Send("/alterations/submit", new JsonObject { ["alterations"] = new JsonArray(Modify("7")), ["filter"] = filter }))["planId"]!.ToString();
        await Value(admin, runs[0]);
        var read = await Completed(host, plan);

        read["plan"]!["alterations"]!.AsArray().Single()!["type"]!.ToString().Should().Be("ModifyVariable");
        var jobs = read["jobs"]!.AsArray().ToDictionary(j => j!["workflowInstanceId"]!.ToString(), j => (j!["status"]!.ToString(), j["log"]![0]!["message"]!.ToString()));
        jobs[runs[0]].Should().Be(("Completed", "ModifyVariable succeeded"));
        jobs[runs[1]].Should().Be(("Completed", "ModifyVariable succeeded"));
        jobs[runs[2]].Should().Be(("Failed", "The run has ended."));
        (await Value(admin, runs[1])).Should().Be(7);
        (await admin.GetAsync($"{Root}/alterations/{runs[0]}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_filter_that_says_nothing_means_no_run()
    {
        await using var host = await ApiHost.Start();
        var admin = host.As("admin");
        var run = await Begun(admin);

        (await Messages(await admin.TrySend("/alterations/dry-run", new JsonObject()))).Single().Should().Contain("emptyFilterSelectsAll");
        (await admin.Send("/alterations/dry-run", new JsonObject { ["emptyFilterSelectsAll"] = true }))["workflowInstanceIds"]!.AsArray().Should().ContainSingle().Which!.ToString().Should().Be(run);
        (await Messages(await admin.TrySend("/alterations/submit", new JsonObject { ["alterations"] = new JsonArray(Modify("7")), ["filter"] = new JsonObject { ["definitionIds"] = new JsonArray("other") } })))
            .Single().Should().Contain("no run");
    }

    [Theory]
    [InlineData("""[{ "activityId": "e" }]""", "waiting other")]
    [InlineData("""[{ "id": "e" }]""", "waiting other")]
    [InlineData("""[{ "activityId": "e", "status": "Running" }]""", "waiting")]
    [InlineData("""[{ "nodeId": "Workflow1:Flowchart1:e", "status": "canceled" }]""", "other")]
    [InlineData("""[{ "activityId": "e", "status": "Completed" }]""", "")]
    [InlineData("""[{ "activityId": "w", "status": "Running" }]""", "")]
    [InlineData("""[{ "name": "Ask" }]""", "waiting other")]
    [InlineData("""[{ "name": "ask" }]""", "")]
    [InlineData("""[{ "activityId": "e" }, { "activityId": "m", "status": "Running" }]""", "other")]
    [InlineData("""[{ "activityId": "e" }, {}]""", "waiting other")]
    [InlineData("""[{ "activityInstanceId": "nobody" }]""", "")]
    public async Task Runs_under_way_are_chosen_by_what_became_of_their_activities(string filters, string expected)
    {
        await using var host = await ApiHost.Start();
        var admin = host.As("admin");
        var (waiting, other, ended) = (await Begun(admin), await Begun(admin), await Begun(admin));
        await admin.Send("/alterations/run", Request([other], new JsonObject { ["type"] = "ScheduleActivity", ["activityId"] = "m" }, new JsonObject { ["type"] = "CancelActivity", ["activityId"] = "e" }));
        await admin.Send("/bulk-actions/cancel/workflow-instances", new JsonObject { ["ids"] = new JsonArray(ended) });

        var found = await Chosen(admin, new JsonObject { ["activityFilters"] = JsonNode.Parse(filters) });

        found.Select(f => f == waiting ? "waiting" : f == other ? "other" : "ended").Should().BeEquivalentTo(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task An_execution_names_its_run_and_the_rest_of_the_filter_holds_too()
    {
        await using var host = await ApiHost.Start();
        var admin = host.As("admin");
        var (run, other) = (await Begun(admin), await Begun(admin));
        var execution = (await admin.Read($"/activity-execution-summaries/list?WorkflowInstanceId={run}&ActivityNodeId=Workflow1:Flowchart1:e"))["items"]!.AsArray().Single()!["id"]!.ToString();
        JsonObject By(string run, string key, string value) => new() { ["workflowInstanceIds"] = new JsonArray(run), ["activityFilters"] = new JsonArray(new JsonObject { [key] = value }) };

        (await Chosen(admin, new JsonObject { ["activityFilters"] = new JsonArray(new JsonObject { ["activityInstanceId"] = execution }) })).Should().Equal(run);
        (await Chosen(admin, By(other, "activityInstanceId", execution))).Should().BeEmpty();
        (await Chosen(admin, By(other, "activityId", "e"))).Should().Equal(other);
        (await Messages(await admin.TrySend("/alterations/dry-run", By(run, "status", "Sleeping")))).Single().Should().Contain("no activity status 'Sleeping'");
        (await Messages(await admin.TrySend("/alterations/dry-run", new JsonObject { ["activityFilters"] = new JsonArray(new JsonObject()) }))).Single().Should().Contain("says nothing");
        var plan = await admin.Send("/alterations/submit", new JsonObject { ["alterations"] = new JsonArray(Modify("9")), ["filter"] = By(other, "activityId", "e") });
        (await Completed(host, plan["planId"]!.ToString()))["jobs"]!.AsArray().Should().ContainSingle().Which!["workflowInstanceId"]!.ToString().Should().Be(other);
        ((await Value(admin, run)), (await Value(admin, other))).Should().Be((1, 9));
    }

    [Fact]
    public async Task A_leads_run_is_altered_through_its_conversation_and_its_activities_only_while_it_may_act()
    {
        await using var host = await ApiHost.Start(new ScriptedChannel { Kind = "whatsapp" });
        var (conversation, instance) = await Waiting(host);
        var admin = host.As("admin");
        JsonObject topic = new() { ["type"] = "ModifyVariable", ["variableId"] = "v1", ["value"] = "prices" };

        var moved = await admin.Send("/alterations/run", Request([instance], topic, new JsonObject { ["type"] = "ScheduleActivity", ["activityId"] = "people" }));
        var parked = await admin.Send("/alterations/run", Request([instance], new JsonObject { ["type"] = "CancelActivity", ["activityId"] = "q" }));

        moved["results"]![0]!["isSuccessful"]!.GetValue<bool>().Should().BeTrue(moved.ToJsonString());
        (await admin.Read($"/workflow-instances/{instance}/variables"))["items"]!.AsArray().Single()!["value"]!.ToString().Should().Be("prices");
        (await ApiHost.Json(await admin.GetAsync($"/api/conversations/{conversation}"))).GetProperty("tab").GetString().Should().Be("waiting");
        parked["results"]![0]!["log"]!["logEntries"]![0]!["message"]!.ToString().Should().Contain("parked");
        (await admin.GetStringAsync($"/api/conversations/{conversation}/history")).Should().Contain("runAltered");
    }

    private static async Task<string[]> Chosen(HttpClient client, JsonObject filter) =>
        [.. (await client.Send("/alterations/dry-run", filter))["workflowInstanceIds"]!.AsArray().Select(i => i!.ToString())];

    private static async Task<JsonObject> Completed(ApiHost host, string plan)
    {
        var supervisor = host.As("supervisor");
        for (var read = await supervisor.Read($"/alterations/{plan}"); ; read = await supervisor.Read($"/alterations/{plan}"))
        {
            if (read["plan"]!["status"]!.ToString() == "Completed")
            {
                return read;
            }

            await Task.Yield();
        }
    }

    private static async Task<int> Value(HttpClient client, string run) =>
        (await client.Read($"/workflow-instances/{run}/variables"))["items"]!.AsArray().Single()!["value"]!.GetValue<int>();

    private static async Task<string> Begun(HttpClient admin)
    {
        if ((await admin.GetAsync($"{Root}/workflow-definitions/by-definition-id/waits")).StatusCode == HttpStatusCode.NotFound)
        {
            await admin.Save(Waits("First"), publish: true);
        }

        return (await admin.TrySend("/workflow-definitions/waits/execute", new JsonObject())).Headers.GetValues("x-elsa-workflow-instance-id").Single();
    }

    private static JsonObject Request(string[] runs, params JsonObject[] alterations) =>
        new() { ["workflowInstanceIds"] = new JsonArray([.. runs.Select(r => (JsonNode)r)]), ["alterations"] = new JsonArray([.. alterations.Select(a => a.DeepClone())]) };

    private static JsonObject Modify(string value) => new() { ["type"] = "ModifyVariable", ["variableId"] = "n", ["value"] = value };

    private static JsonObject Waits(string line)
    {
        var model = Hello("waits");
        model["variables"] = JsonNode.Parse("""[{ "id": "n", "name": "n", "typeName": "Int32", "isArray": false, "value": "1", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" }]""");
        model["root"]!["activities"] = JsonNode.Parse(
            $$"""
            [ { "id": "e", "name": "Ask", "type": "Elsa.Event", "version": 1, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Paid" } } },
              { "id": "w", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "{{line}}" } } },
              { "id": "m", "type": "Elsa.Event", "version": 1, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "More" } } } ]
            """);
        model["root"]!["connections"] = JsonNode.Parse("""[ { "source": { "activity": "e", "port": "Done" }, "target": { "activity": "w", "port": "In" } } ]""");
        return model;
    }
}
