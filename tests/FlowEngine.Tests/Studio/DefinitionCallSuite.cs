using System.Net;
using System.Text.Json.Nodes;
using FlowEngine.Server.Persistence;
using FlowEngine.Tests.Api;
using FlowEngine.Tests.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static FlowEngine.Tests.Studio.StudioCalls;

namespace FlowEngine.Tests.Studio;

public abstract class DefinitionCallSuite(DatabaseKind kind)
{
    [SkippableFact]
    public async Task A_new_flow_gets_ids_and_comes_back_whole()
    {
        await using var host = await ApiHost.On(kind);

        var saved = await host.As("admin").Save(Hello());

        saved["id"]!.GetValue<string>().Should().NotBeEmpty();
        saved["definitionId"]!.GetValue<string>().Should().NotBeEmpty();
        saved["version"]!.GetValue<int>().Should().Be(1);
        saved["isLatest"]!.GetValue<bool>().Should().BeTrue();
        saved["isPublished"]!.GetValue<bool>().Should().BeFalse();
        foreach (var member in new[] { "variables", "inputs", "outputs", "outcomes", "customProperties", "options" })
        {
            saved[member].Should().NotBeNull("the Studio's panels need {0}", member);
        }

        saved["root"]!["activities"]!.AsArray().Select(a => a!["nodeId"]!.GetValue<string>())
            .Should().Equal("Workflow1:Flowchart1:a1", "Workflow1:Flowchart1:a2", "Workflow1:Flowchart1:a3");
        saved["root"]!["activities"]![0]!["metadata"]!["designer"]!["position"]!["y"]!.GetValue<int>().Should().Be(2);
    }

    [SkippableFact]
    public async Task Links_let_administrators_edit_and_supervisors_look()
    {
        await using var host = await ApiHost.On(kind);
        var id = (await host.As("admin").Save(Hello()))["definitionId"]!.GetValue<string>();

        var (edited, looked) = (await host.As("admin").Read("/workflow-definitions"), await host.As("supervisor").Read("/workflow-definitions"));

        Rels(edited["links"]).Should().Contain("bulk-publish");
        Rels(edited["items"]![0]!["links"]).Should().Contain("publish");
        Rels(looked["links"]).Should().NotContain("bulk-publish");
        Rels(looked["items"]![0]!["links"]).Should().NotContain("publish");
        Rels((await host.As("supervisor").Read($"/workflow-definitions/by-definition-id/{id}"))["links"]).Should().NotContain("publish");
        (await host.As("supervisor").TrySend("/workflow-definitions", Saving(Hello()))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await host.As("agent").GetAsync($"{Root}/workflow-definitions")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [SkippableFact]
    public async Task A_draft_is_overwritten_in_place_and_a_published_version_is_followed_by_a_draft()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var first = await admin.Save(Hello());
        var again = await admin.Save(first);
        var published = await admin.Save(again, publish: true);
        published["root"]!["activities"]![1]!["name"] = "Renamed";

        var draft = await admin.Save(published);

        again["id"]!.ToString().Should().Be(first["id"]!.ToString());
        published["isPublished"]!.GetValue<bool>().Should().BeTrue();
        draft["version"]!.GetValue<int>().Should().Be(2);
        draft["id"]!.ToString().Should().NotBe(first["id"]!.ToString());
        var id = draft["definitionId"]!;
        (await admin.Read($"/workflow-definitions/by-definition-id/{id}?versionOptions=Published"))["root"]!["activities"]![1]!["name"]!.ToString().Should().Be("Say");
        (await admin.Read($"/workflow-definitions/by-definition-id/{id}?versionOptions=Latest"))["root"]!["activities"]![1]!["name"]!.ToString().Should().Be("Renamed");
    }

    [SkippableFact]
    public async Task A_version_that_was_ever_published_is_never_overwritten_because_runs_may_stand_on_it()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var published = await admin.Save(Hello(), publish: true);
        var retracted = await admin.Send($"/workflow-definitions/{published["definitionId"]}/retract", new JsonObject());
        retracted["root"]!["activities"]![1]!["name"] = "Renamed";

        var draft = await admin.Save(retracted);

        draft["version"]!.GetValue<int>().Should().Be(2);
        (await admin.Read($"/workflow-definitions/by-id/{published["id"]}"))["root"]!["activities"]![1]!["name"]!.ToString().Should().Be("Say");
    }

    [SkippableFact]
    public async Task A_draft_that_was_run_stays_as_it_ran_and_the_next_run_takes_what_was_saved_since()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var draft = await admin.Save(Hello("tried"));
        async Task<JsonObject> Run()
        {
            var answer = await admin.TrySend("/workflow-definitions/tried/execute", new JsonObject { ["versionOptions"] = "Latest" });
            return await admin.Read($"/workflow-instances/{answer.Headers.GetValues("x-elsa-workflow-instance-id").Single()}");
        }

        var first = await Run();
        draft["root"]!["activities"]![1]!["name"] = "Renamed";
        var next = await admin.Save(draft);
        var second = await Run();

        next["version"]!.GetValue<int>().Should().Be(2);
        first["definitionVersionId"]!.ToString().Should().Be(draft["id"]!.ToString());
        second["definitionVersionId"]!.ToString().Should().Be(next["id"]!.ToString());
        (await admin.Read($"/workflow-definitions/by-id/{draft["id"]}"))["root"]!["activities"]![1]!["name"]!.ToString().Should().Be("Say");
    }

    [SkippableFact]
    public async Task Publishing_what_is_published_already_makes_no_version()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var published = await admin.Save(Hello(), publish: true);

        var again = await admin.Send("/workflow-definitions", Saving(published, publish: true));

        again["alreadyPublished"]!.GetValue<bool>().Should().BeTrue();
        again["workflowDefinition"]!["version"]!.GetValue<int>().Should().Be(1);
    }

    [SkippableFact]
    public async Task Of_two_administrators_the_one_who_read_an_older_state_is_told_who_was_first_and_nothing_is_lost()
    {
        await using var host = await ApiHost.On(kind);
        var (one, other) = (host.As("admin"), await host.SignedIn());
        var seen = await one.Save(Hello());
        var ours = (JsonObject)seen.DeepClone();
        ours["name"] = "Theirs";
        await other.Save(ours);

        seen["name"] = "Mine";
        var late = await one.TrySend("/workflow-definitions", Saving(seen));

        late.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await Messages(late)).Single().Should().Contain("has saved this flow since you opened it");
        (await one.Read($"/workflow-definitions/by-definition-id/{seen["definitionId"]}"))["name"]!.ToString().Should().Be("Theirs");
    }

    [SkippableFact]
    public async Task An_editor_whose_next_save_leaves_before_the_answer_to_the_last_is_not_in_conflict_with_itself()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var seen = await admin.Save(Hello());

        foreach (var name in new[] { "One", "Two", "Three" })
        {
            seen["name"] = name;
            (await admin.Save(seen))["name"]!.ToString().Should().Be(name);
        }
    }

    [SkippableFact]
    public async Task Publishing_what_cannot_run_is_refused_with_the_reason_and_the_draft_is_kept()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var model = Hello();
        model["customProperties"] = new JsonObject { ["FlowEngine:OnFault"] = "Panic" };
        model["definitionId"] = "broken";

        var refused = await admin.TrySend("/workflow-definitions", Saving(model, publish: true));

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await Messages(refused)).Single().Should().Contain("Panic");
        var kept = await admin.Read("/workflow-definitions/by-definition-id/broken");
        kept["isPublished"]!.GetValue<bool>().Should().BeFalse();
    }

    [SkippableFact]
    public async Task Unpublishing_keeps_the_flow_and_says_so_when_there_was_nothing_to_unpublish()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var id = (await admin.Save(Hello(), publish: true))["definitionId"]!.ToString();

        var retracted = await admin.Send($"/workflow-definitions/{id}/retract", new JsonObject());
        var again = await admin.TrySend($"/workflow-definitions/{id}/retract", new JsonObject());

        retracted["isPublished"]!.GetValue<bool>().Should().BeFalse();
        retracted["root"].Should().NotBeNull("the bare definition is the answer");
        again.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await admin.TrySend("/workflow-definitions/none/retract", new JsonObject())).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task Going_back_makes_a_new_draft_and_leaves_the_history_alone()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var first = await admin.Save(Hello(), publish: true);
        var id = first["definitionId"]!.ToString();
        first["name"] = "Second";
        await admin.Save(first, publish: true);

        var reverted = await admin.Send($"/workflow-definitions/{id}/revert/1", new JsonObject());

        reverted["version"]!.GetValue<int>().Should().Be(3);
        reverted["name"]!.ToString().Should().Be("Hello");
        var history = await admin.Read($"/workflow-definitions?versionOptions=AllVersions&DefinitionIds={id}&OrderBy=Version&OrderDirection=Descending&Page=&PageSize=");
        history["items"]!.AsArray().Select(v => (v!["version"]!.GetValue<int>(), v["isLatest"]!.GetValue<bool>(), v["isPublished"]!.GetValue<bool>()))
            .Should().Equal((3, true, false), (2, false, true), (1, false, false));
    }

    [SkippableFact]
    public async Task A_deleted_flow_leaves_the_lists_and_one_version_goes_unless_it_is_published()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var published = await admin.Save(Hello(), publish: true);
        published["name"] = "Changed";
        var draft = await admin.Save(published);
        var id = draft["definitionId"]!.ToString();

        (await admin.DeleteAsync($"{Root}/workflow-definition-versions/{published["id"]}")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await admin.DeleteAsync($"{Root}/workflow-definition-versions/{draft["id"]}")).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await admin.Read($"/workflow-definitions/by-definition-id/{id}"))["version"]!.GetValue<int>().Should().Be(1, "the one before is the latest again");
        (await admin.DeleteAsync($"{Root}/workflow-definitions/{id}")).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await admin.Read("/workflow-definitions"))["totalCount"]!.GetValue<int>().Should().Be(0);
        (await admin.Read($"/workflow-definitions/by-id/{published["id"]}"))["name"]!.ToString().Should().Be("Hello", "a run that stands on it can still be looked at");
    }

    [SkippableFact]
    public async Task Lists_are_searched_sorted_and_paged_by_the_database()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        foreach (var name in new[] { "Ámbar", "Bruma", "Cielo" })
        {
            var model = Hello($"flow-{name[0]}");
            (model["name"], model["description"]) = (name, $"Sobre {name}");
            await admin.Save(model);
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        async Task<string[]> Names(string query) => [.. (await admin.Read($"/workflow-definitions?versionOptions=Latest&{query}"))["items"]!.AsArray().Select(i => i!["name"]!.ToString())];
        (await Names("SearchTerm=ambar&IsSystem=False")).Should().Equal("Ámbar");
        (await Names("Page=1&PageSize=1&OrderBy=Created&OrderDirection=Descending")).Should().Equal("Bruma");
        (await Names("DefinitionIds=flow-B&DefinitionIds=flow-C")).Should().Equal("Bruma", "Cielo");
        (await admin.Read("/workflow-definitions?Page=1&PageSize=1"))["totalCount"]!.GetValue<int>().Should().Be(3);
        (await Names("versionOptions=Published")).Should().HaveCount(0);
        (await admin.Read("/workflow-definitions/validation/is-name-unique?name=Bruma"))["isUnique"]!.GetValue<bool>().Should().BeFalse();
        (await admin.Read("/workflow-definitions/validation/is-name-unique?name=Bruma&definitionId=flow-B"))["isUnique"]!.GetValue<bool>().Should().BeTrue();
    }

    [SkippableFact]
    public async Task Flows_that_came_in_at_the_same_instant_are_always_in_the_same_order()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        foreach (var id in new[] { "c", "a", "b" })
        {
            await admin.Save(Hello(id));
        }

        foreach (var direction in new[] { "Ascending", "Descending" })
        {
            var listed = await admin.Read($"/workflow-definitions?versionOptions=Latest&OrderBy=Created&OrderDirection={direction}");
            listed["items"]!.AsArray().Select(i => i!["definitionId"]!.ToString()).Should().Equal("a", "b", "c");
        }
    }
}

public sealed class SqliteDefinitionCallTests() : DefinitionCallSuite(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresDefinitionCallTests() : DefinitionCallSuite(DatabaseKind.Postgres)
{
    [SkippableFact]
    public async Task Nodes_are_told_when_what_is_published_changes_and_not_with_every_saved_draft()
    {
        await using var host = await ApiHost.On(DatabaseKind.Postgres);
        await using var context = await host.Services.GetRequiredService<IDbContextFactory<FlowEngineContext>>().CreateDbContextAsync();
        async Task<int> Told() => (await context.Database.SqlQueryRaw<int>("SELECT version::integer AS \"Value\" FROM staff_version WHERE id = 4").ToListAsync()).Single();
        var admin = host.As("admin");
        var before = await Told();

        var draft = await admin.Save(Hello());
        draft["name"] = "Again";
        draft = await admin.Save(draft);
        (await Told()).Should().Be(before);

        await admin.Save(draft, publish: true);
        var published = await Told();
        published.Should().BeGreaterThan(before);

        await admin.Send($"/workflow-definitions/{draft["definitionId"]}/retract", new JsonObject());
        (await Told()).Should().BeGreaterThan(published);
    }
}
