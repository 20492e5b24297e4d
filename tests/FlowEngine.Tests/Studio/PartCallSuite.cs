using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FlowEngine.Tests.Api;
using FlowEngine.Tests.Stores;
using static FlowEngine.Tests.Studio.StudioCalls;

namespace FlowEngine.Tests.Studio;

/// <summary>What the editor asks for beside the definition itself.</summary>
public abstract class PartCallSuite(DatabaseKind kind)
{
    [SkippableFact]
    public async Task A_workflow_that_may_be_used_as_an_activity_is_in_the_toolbox_and_its_inside_is_loaded_by_node_id()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var inner = Hello("ask-name");
        (inner["name"], inner["options"]) = ("Ask the name", new JsonObject { ["usableAsActivity"] = true });
        inner["inputs"] = JsonNode.Parse("""[{ "type": "String", "isArray": false, "name": "greeting", "displayName": "Greeting", "uiHint": "singleline" }]""");
        await admin.Save(inner, publish: true);
        var descriptor = (await admin.Read("/descriptors/activities"))["items"]!.AsArray().Single(d => d!["typeName"]!.ToString() == "AskTheName")!;
        descriptor["customProperties"]!["RootType"]!.ToString().Should().Be("WorkflowDefinitionActivity");
        descriptor["inputs"]!.AsArray().Single()!["displayName"]!.ToString().Should().Be("Greeting");

        var outer = Hello("outer");
        outer["root"]!["activities"]![1] = JsonNode.Parse("""{ "id": "used", "name": "Used", "type": "AskTheName", "version": 1, "workflowDefinitionId": "ask-name" }""");
        var saved = await admin.Save(outer);

        saved["root"]!["activities"]![1]!["type"]!.ToString().Should().Be("AskTheName", "it is no unknown type");
        var part = await admin.Read($"/workflow-definitions/subgraph/{saved["id"]}?parentNodeId=Workflow1%3AFlowchart1%3Aused");
        part["activity"]!["root"]!["nodeId"]!.ToString().Should().Be("Workflow1:Flowchart1:used:Flowchart1");
        part["children"]!.AsArray().Single()!["port"]!.ToString().Should().Be("Root");
        var segments = await admin.Read($"/workflow-definitions/subgraph/segments/{saved["id"]}?childNodeId=Workflow1%3AFlowchart1%3Aused%3AFlowchart1%3Aa2");
        segments["container"]!["nodeId"]!.ToString().Should().Be("Workflow1:Flowchart1:used:Flowchart1");
        segments["pathSegments"]!.AsArray().Select(s => (s!["activityId"]!.ToString(), s["portName"]!.ToString())).Should().Equal(("used", "Root"));
    }

    [SkippableFact]
    public async Task Scripts_are_completed_by_the_flows_own_variables_and_inputs_with_their_types()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var model = Hello("typed");
        model["variables"] = JsonNode.Parse("""[{ "id": "1", "name": "budget", "typeName": "Decimal" }, { "id": "2", "name": "tags", "typeName": "String", "isArray": true }, { "id": "3", "name": "not a name", "typeName": "String" }]""");
        model["inputs"] = JsonNode.Parse("""[{ "name": "city", "type": "String" }]""");
        await admin.Save(model);

        var types = await (await admin.PostAsJsonAsync($"{Root}/scripting/javascript/type-definitions/typed", new { workflowDefinitionId = "typed" })).Content.ReadAsStringAsync();

        types.Should().Contain("budget: number;").And.Contain("tags: string[];").And.Contain("declare function getBudget(): number;").And.Contain("declare function getcity(): string;").And.NotContain("not a name");
    }

    [SkippableFact]
    public async Task One_activity_alone_is_tried_without_storing_or_sending_anything()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var model = Hello("try");
        model["variables"] = JsonNode.Parse("""[{ "id": "v", "name": "n", "typeName": "Int32", "value": "2" }]""");
        model["customProperties"] = JsonNode.Parse("""{ "VariableTestValues": { "v": "20" } }""");
        model["root"]!["activities"]![1] = JsonNode.Parse("""{ "id": "js", "type": "Elsa.RunJavaScript", "version": 1, "script": { "typeName": "String", "expression": { "type": "JavaScript", "value": "return variables.n + 1" } } }""");
        var saved = await admin.Save(model);

        var tried = await admin.Send("/tests/activities", Handle(saved, "js"));
        var talked = await admin.Send("/tests/activities", Handle(saved, "a3"));

        tried["status"]!.ToString().Should().Be("Completed");
        tried["outputs"]!["Result"]!.GetValue<double>().Should().Be(21);
        tried["payload"]!["Outcomes"]!.AsArray().Select(o => o!.ToString()).Should().Equal("Done");
        talked["exception"]!["message"]!.ToString().Should().Contain("needs a conversation");
        (await admin.Send("/workflow-instances", new JsonObject()))["totalCount"]!.GetValue<int>().Should().Be(0);
    }

    [SkippableFact]
    public async Task A_key_as_bearer_token_is_as_good_as_the_key()
    {
        await using var host = await ApiHost.On(kind);
        var client = host.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer test-key-of-the-supervisor");
        (await client.Read("/features/installed"))["count"]!.GetValue<int>().Should().BePositive();

        var nobody = host.Anonymous();
        nobody.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer of something else");
        (await nobody.GetAsync($"{Root}/features/installed")).StatusCode.Should().Be(System.Net.HttpStatusCode.Unauthorized);
    }

    [SkippableFact]
    public async Task The_verifier_can_be_asked_by_the_REST_API()
    {
        await using var host = await ApiHost.On(kind);
        var flow = Hello("checked");
        flow["root"]!["connections"]!.AsArray().RemoveAt(1);

        var answer = await ApiHost.Json(await host.As("supervisor").PostAsJsonAsync("/api/flows/validate", flow));

        answer.GetProperty("valid").GetBoolean().Should().BeTrue();
        answer.GetProperty("findings").EnumerateArray().Select(f => (f.GetProperty("severity").GetString(), f.GetProperty("code").GetString(), f.GetProperty("activityId").GetString()))
            .Should().BeEquivalentTo([("warning", "openEnd", "a2"), ("warning", "unreachable", "a3")]);
    }

    private static JsonObject Handle(JsonObject saved, string activity) => new()
    {
        ["workflowDefinitionHandle"] = new JsonObject { ["definitionVersionId"] = saved["id"]!.ToString() },
        ["activityHandle"] = new JsonObject { ["activityNodeId"] = $"Workflow1:Flowchart1:{activity}" },
    };
}

public sealed class SqlitePartCallTests() : PartCallSuite(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresPartCallTests() : PartCallSuite(DatabaseKind.Postgres);
