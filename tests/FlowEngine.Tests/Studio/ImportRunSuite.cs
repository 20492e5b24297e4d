using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Jobs.Retention;
using FlowEngine.Server.Persistence;
using FlowEngine.Tests.Api;
using FlowEngine.Tests.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static FlowEngine.Tests.Studio.StudioCalls;
using static FlowEngine.Tests.Studio.StudioRuns;

namespace FlowEngine.Tests.Studio;

/// <summary>Exported runs come in as history.</summary>
public abstract class ImportRunSuite(DatabaseKind kind)
{
    private const string ImportPath = "/bulk-actions/import/workflow-instances";

    [SkippableFact]
    public async Task An_exported_run_that_was_deleted_comes_back_with_the_same_views()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var id = await Ended(admin);
        var before = await Views(admin, id);
        var file = await admin.GetByteArrayAsync($"{Root}/workflow-instances/{id}/export");
        (await admin.DeleteAsync($"{Root}/workflow-instances/{id}")).StatusCode.Should().Be(HttpStatusCode.NoContent);

        (await Imported(admin, ("run.json", file))).Should().Be(1);

        var after = await Views(admin, id);
        after.Should().BeEquivalentTo(before, o => o.WithStrictOrdering());
        (await admin.Read($"/workflow-instances/{id}"))["workflowState"]!["properties"]!["FlowEngine:Imported"]!.ToString().Should().Contain("does not go on here");
        (await Listed(admin, id))!["importedAt"].Should().NotBeNull();
    }

    [SkippableFact]
    public async Task A_run_of_another_Elsa_server_is_shown_on_the_version_that_has_its_steps()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        await admin.Send("/workflow-definitions/import", ElsaRunFile.Definition());

        (await Imported(admin, ("elsa.json", Bytes(ElsaRunFile.Waiting())))).Should().Be(1);

        var listed = (await admin.Send("/workflow-instances", new JsonObject { ["correlationId"] = "order-7" }))["items"]!.AsArray().Single()!;
        (listed["status"]!.ToString(), listed["subStatus"]!.ToString(), listed["version"]!.GetValue<int>(), listed["createdAt"]!.ToString()).Should().Be(("Running", "Suspended", 1, "2026-02-01T10:00:00.089786+00:00"));
        var id = listed["id"]!.ToString();
        (await admin.Read($"/workflow-definitions/by-id/{listed["definitionVersionId"]}"))["definitionId"]!.ToString().Should().Be("order-flow");
        var state = (await admin.Read($"/workflow-instances/{id}"))["workflowState"]!;
        (state["id"]!.ToString(), state["definitionVersionId"]!.ToString()).Should().Be((id, listed["definitionVersionId"]!.ToString()));
        var bookmark = state["bookmarks"]!.AsArray().Single()!;
        (bookmark["activityInstanceId"]!.ToString(), bookmark["payload"]!["eventName"]!.ToString()).Should().Be(($"{id}.4", "Paid"));
        (await admin.Read($"/workflow-instances/{id}/variables"))["items"]!.AsArray().Select(v => $"{v!["name"]}={v["value"]}").Should().Equal("Total=12");
        (await admin.Send($"/workflow-instances/{id}/journal", new JsonObject()))["items"]!.AsArray().Select(l => $"{l!["nodeId"]} {l["eventName"]}").Should().Equal(
            "Workflow1 Started", "Workflow1:chart Started", "Workflow1:chart:say Started", "Workflow1:chart:say Completed", "Workflow1:chart:paid Started", "Workflow1:chart:paid Suspended");
        var said = (await admin.Read($"/activity-executions/list?WorkflowInstanceId={id}&ActivityNodeId=Workflow1%3Achart%3Asay"))["items"]!.AsArray().Single()!;
        (said["status"]!.ToString(), said["activityState"]!["Text"]!.ToString(), said["outputs"]!["Result"]!.GetValue<int>()).Should().Be(("Completed", "hello", 3));
        (await admin.Read($"/activity-executions/{id}.4/call-stack"))["items"]!.AsArray().Select(r => r!["activityId"]!.ToString()).Should().Equal("Workflow1", "chart", "paid");
    }

    [SkippableFact]
    public async Task A_run_that_was_under_way_elsewhere_does_nothing_here_and_nobody_can_make_it()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        await admin.Send("/workflow-definitions/import", ElsaRunFile.Definition());
        await Imported(admin, ("elsa.json", Bytes(ElsaRunFile.Waiting())));
        var id = (await admin.Send("/workflow-instances", new JsonObject { ["correlationId"] = "order-7" }))["items"]![0]!["id"]!.ToString();
        var before = await Views(admin, id);

        (await host.Services.GetRequiredService<Runs>().Publish("Paid", null, "order-7", CancellationToken.None)).Should().Be(0, "no run waits for it");
        (await Messages(await admin.PostAsync($"{Root}/cancel/workflow-instances/{id}", null))).Single().Should().Contain("history");
        (await admin.Send("/bulk-actions/cancel/workflow-instances", new JsonObject { ["definitionId"] = "order-flow" }))["cancelled"]!.GetValue<int>().Should().Be(0);
        var retried = (await admin.Send("/alterations/workflows/retry", new JsonObject { ["workflowInstanceIds"] = new JsonArray(id) }))["results"]!.AsArray().Single()!;
        (retried["isSuccessful"]!.GetValue<bool>(), retried["message"]!.ToString()).Should().Match<(bool Done, string Why)>(r => !r.Done && r.Why.Contains("history"));
        (await admin.Send("/alterations/dry-run", new JsonObject { ["workflowInstanceIds"] = new JsonArray(id) }))["workflowInstanceIds"]!.AsArray().Should().BeEmpty();

        (await Views(admin, id)).Should().BeEquivalentTo(before);
        await using (var context = await Context(host))
        {
            (await context.Bookmarks.CountAsync(), await context.Mailboxes.CountAsync(m => m.Id == Guid.Parse(id))).Should().Be((0, 0));
        }

        (await admin.DeleteAsync($"{Root}/workflow-instances/{id}")).StatusCode.Should().Be(HttpStatusCode.NoContent, "what is only history may be deleted in any state");
    }

    [SkippableFact]
    public async Task The_run_of_a_conversation_comes_in_without_it()
    {
        await using var host = await ApiHost.On(kind);
        var (conversation, id) = await Waiting(host);
        var admin = host.As("admin");
        var file = await admin.GetByteArrayAsync($"{Root}/workflow-instances/{id}/export");
        (await Imported(admin, ("run.json", file))).Should().Be(0, "it is here and goes on");
        (await Listed(admin, id))!["conversationId"]!.ToString().Should().Be(conversation.ToString());
        await admin.PostAsync($"{Root}/cancel/workflow-instances/{id}", null);
        await admin.DeleteAsync($"{Root}/workflow-instances/{id}");

        (await Imported(admin, ("run.json", file))).Should().Be(1);

        var listed = (await Listed(admin, id))!;
        (listed["conversationId"]?.ToString(), listed["subStatus"]!.ToString()).Should().Be((null, "Suspended"));
        await Write(host, "¿Hola?", conversation);
        (await ApiHost.Json(await admin.GetAsync($"/api/conversations/{conversation}"))).GetProperty("owner").GetProperty("kind").GetString().Should().NotBe("flow");
    }

    [SkippableFact]
    public async Task Several_files_and_zips_come_in_together_and_a_second_time_changes_nothing()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        string[] ids = [await Ended(admin), await Ended(admin)];
        var zip = await (await admin.TrySend("/bulk-actions/export/workflow-instances", new JsonObject { ["ids"] = new JsonArray(ids[0], ids[1]) })).Content.ReadAsByteArrayAsync();
        await admin.Send("/bulk-actions/delete/workflow-instances/by-id", new JsonObject { ["ids"] = new JsonArray(ids[0], ids[1]) });
        await admin.Send("/workflow-definitions/import", ElsaRunFile.Definition());
        (string, byte[])[] files = [("runs.zip", zip), ("elsa.json", Bytes(ElsaRunFile.Waiting())), ("again.json", Bytes(ElsaRunFile.Waiting()))];

        (await Imported(admin, files)).Should().Be(3);
        (await Imported(admin, files)).Should().Be(0);

        await using var context = await Context(host);
        (await context.Instances.CountAsync()).Should().Be(3);
        (await context.Journal.CountAsync(j => ids.Select(Guid.Parse).Contains(j.InstanceId))).Should().Be((await Lines(admin, ids)).Distinct().Count(), "one row for all entries of an instant");
    }

    [SkippableFact]
    public async Task Of_imports_of_one_run_at_the_same_moment_one_brings_it_in()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        await admin.Send("/workflow-definitions/import", ElsaRunFile.Definition());

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Post(admin, ("elsa.json", Bytes(ElsaRunFile.Waiting()))))));

        answers.Should().OnlyContain(a => a.StatusCode == HttpStatusCode.OK || a.StatusCode == HttpStatusCode.BadRequest);
        var counts = await Task.WhenAll(answers.Where(a => a.IsSuccessStatusCode).Select(async a => (await ApiHost.Json(a)).GetProperty("count").GetInt32()));
        counts.Sum().Should().Be(1);
        await using var context = await Context(host);
        (await context.Instances.CountAsync(), await context.Journal.CountAsync()).Should().Be((1, 6), "and its journal once");
    }

    [SkippableFact]
    public async Task One_bad_file_keeps_all_of_them_out_and_each_says_what_is_wrong_with_it()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var good = await admin.GetByteArrayAsync($"{Root}/workflow-instances/{await Ended(admin)}/export");
        var (elsewhere, odd, line) = (ElsaRunFile.Waiting(), ElsaRunFile.Waiting(), ElsaRunFile.Waiting());
        elsewhere["WorkflowState"]!["id"] = "moved";
        odd["WorkflowState"]!["subStatus"] = "Dreaming";
        line["WorkflowExecutionLogRecords"]![2]!["timestamp"] = "yesterday";

        var refused = await Messages(await Post(
            admin, ("good.json", good), ("text.json", "no json"u8.ToArray()), ("definition.json", Bytes(ElsaRunFile.Definition())), ("odd.json", Bytes(odd)), ("line.json", Bytes(line)),
            ("half.json", Encoding.UTF8.GetBytes(ElsaRunFile.Waiting().ToJsonString().Replace("hello", "\\ud800", StringComparison.Ordinal))), ("broken.zip", [80, 75, 3, 4, 9])));
        var unknown = await Messages(await Post(admin, ("good.json", good), ("elsewhere.json", Bytes(elsewhere))));

        refused.Select(r => r.Split(':')[0]).Should().Equal("text.json", "definition.json", "odd.json", "line.json", "half.json", "broken.zip");
        refused[1].Should().Contain("no exported run");
        refused[2].Should().Contain("Running/Dreaming");
        refused[3].Should().Contain("no time");
        unknown.Should().Equal("elsewhere.json: The flow order-flow on which it ran is not here, or has none of its steps: import its definition first.");
        (await Messages(await Post(admin))).Should().Equal("The request brings no files.");
        (await Messages(await admin.PostAsync(Root + ImportPath, null))).Should().Equal("The request brings no files.");
        (await Post(host.As("supervisor"), ("good.json", good))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        await using var context = await Context(host);
        (await context.Instances.CountAsync()).Should().Be(1);
    }

    [SkippableFact]
    public async Task An_old_run_is_kept_as_long_from_its_import_as_others_from_their_end()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        await admin.Send("/workflow-definitions/import", ElsaRunFile.Definition());
        var ended = ElsaRunFile.Waiting();
        (ended["WorkflowState"]!["status"], ended["WorkflowState"]!["subStatus"]) = ("Finished", "Cancelled");
        ended["WorkflowState"]!["createdAt"] = "2024-02-01T10:00:00+00:00";
        await Imported(admin, ("old.json", Bytes(ended)));
        var old = new OldRuns(host.Services.GetRequiredService<IDbContextFactory<FlowEngineContext>>(), new RetentionOptions { RunDays = 180 });

        (await old.Clear(host.Clock.GetUtcNow().AddDays(179), CancellationToken.None)).Should().Be(0);
        (await old.Clear(host.Clock.GetUtcNow().AddDays(181), CancellationToken.None)).Should().Be(1);

        await using var context = await Context(host);
        (await context.Instances.CountAsync(), await context.Journal.CountAsync()).Should().Be((0, 0));
    }

    /// <summary>All that the viewer and the exports show of a run, without what the import adds.</summary>
    private static async Task<Dictionary<string, string>> Views(HttpClient client, string id)
    {
        var views = new Dictionary<string, string>();
        foreach (var path in new[] { $"/workflow-instances/{id}", $"/workflow-instances/{id}/variables", $"/activity-executions/list?WorkflowInstanceId={id}", $"/activity-execution-summaries/list?WorkflowInstanceId={id}", $"/workflow-instances/{id}/export" })
        {
            var view = await client.Read(path);
            view.Remove("importedAt");
            (view["workflowState"]?["properties"] as JsonObject)?.Remove("FlowEngine:Imported");
            views.Add(path, view.ToJsonString());
        }

        views.Add("journal", (await client.Send($"/workflow-instances/{id}/journal", new JsonObject())).ToJsonString());
        views.Add("report", (await client.Send("/activity-executions/report", new JsonObject { ["workflowInstanceId"] = id, ["activityNodeIds"] = new JsonArray() })).ToJsonString());
        return views;
    }

    /// <summary>A run of its own that printed, computed and then failed: with state, outputs, outcomes and an incident.</summary>
    private static async Task<string> Ended(HttpClient admin)
    {
        var model = Hello("lines");
        model["root"]!["activities"] = JsonNode.Parse(
            """
            [ { "id": "w", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "hi" } } },
              { "id": "d", "type": "Elsa.FlowDecision", "version": 1, "condition": { "typeName": "Boolean", "expression": { "type": "JavaScript", "value": "1 < 2" } } },
              { "id": "j", "type": "Elsa.RunJavaScript", "version": 1, "script": { "typeName": "String", "expression": { "type": "JavaScript", "value": "40 + 2" } } },
              { "id": "f", "type": "Elsa.RunJavaScript", "version": 1, "script": { "typeName": "String", "expression": { "type": "JavaScript", "value": "missing()" } } } ]
            """);
        model["root"]!["connections"] = JsonNode.Parse(
            """
            [ { "source": { "activity": "w", "port": "Done" }, "target": { "activity": "d", "port": "In" } }, { "source": { "activity": "d", "port": "True" }, "target": { "activity": "j", "port": "In" } },
              { "source": { "activity": "j", "port": "Done" }, "target": { "activity": "f", "port": "In" } } ]
            """);
        await admin.Save(model);
        var answer = await admin.TrySend("/workflow-definitions/lines/execute", new JsonObject { ["versionOptions"] = "Latest" });
        return answer.Headers.GetValues("x-elsa-workflow-instance-id").Single();
    }

    private static async Task<List<string>> Lines(HttpClient client, string[] ids)
    {
        var times = new List<string>();
        foreach (var id in ids)
        {
            times.AddRange((await client.Send($"/workflow-instances/{id}/journal", new JsonObject()))["items"]!.AsArray().Select(l => $"{id} {l!["timestamp"]}"));
        }

        return times;
    }

    private static async Task<JsonNode?> Listed(HttpClient client, string id) => (await client.Send("/workflow-instances", new JsonObject { ["searchTerm"] = id }))["items"]!.AsArray().SingleOrDefault();

    private static async Task<int> Imported(HttpClient client, params (string Name, byte[] Content)[] files)
    {
        var answer = await Post(client, files);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await ApiHost.Json(answer)).GetProperty("count").GetInt32();
    }

    private static Task<HttpResponseMessage> Post(HttpClient client, params (string Name, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent { { new StringContent("run"), "kind" } };
        foreach (var (name, content) in files)
        {
            form.Add(new ByteArrayContent(content), "files", name);
        }

        return client.PostAsync(Root + ImportPath, form);
    }

    private static byte[] Bytes(JsonObject file) => Encoding.UTF8.GetBytes(file.ToJsonString());

    private static Task<FlowEngineContext> Context(ApiHost host) => host.Services.GetRequiredService<IDbContextFactory<FlowEngineContext>>().CreateDbContextAsync();
}

public sealed class SqliteImportRunTests() : ImportRunSuite(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresImportRunTests() : ImportRunSuite(DatabaseKind.Postgres);
