using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FlowEngine.Tests.Api;
using FlowEngine.Tests.Stores;

namespace FlowEngine.Tests.Studio;

public abstract class DescriptorCallSuite(DatabaseKind kind)
{
    /// <summary>Hints that 3.8.2 has an editor for; another one would empty the panel.</summary>
    private static readonly string[] Hints =
    [
        "singleline", "multiline", "checkbox", "dropdown", "radiolist", "checklist", "multitext", "dictionary", "code-editor", "json-editor", "expression-editor", "datetime-picker",
        "variable-picker", "input-picker", "output-picker", "outcome-picker", "workflow-definition-picker", "switch-editor", "flow-switch-editor", "http-status-codes", "dynamic-outcomes",
    ];

    /// <summary>Members that an activity has by itself: an input of that name kills the property panel.</summary>
    private static readonly string[] Reserved = ["Id", "Type", "Version", "Name", "NodeId", "Metadata", "CustomProperties"];

    [SkippableFact]
    public async Task Every_activity_has_what_the_Studio_needs_to_draw_and_edit_it()
    {
        await using var host = await ApiHost.On(kind);
        var all = (await host.As("supervisor").Read("/descriptors/activities?Refresh=True"))["items"]!.AsArray();

        all.Select(d => (d!["typeName"]!.ToString(), d["version"]!.GetValue<int>())).Should().OnlyHaveUniqueItems().And.Contain(("Elsa.Workflow", 1)).And.Contain(("Elsa.Flowchart", 1)).And.Contain(("Elsa.NotFoundActivity", 1));
        foreach (var d in all)
        {
            var name = d!["typeName"]!.ToString();
            d["category"]!.ToString().Should().NotBeEmpty(name);
            d["displayName"]!.ToString().Should().NotContain(".", $"{name} is named for people");
            new[] { "Action", "Trigger", "Job", "Task" }.Should().Contain(d["kind"]!.ToString(), name);
            d["ports"]!.AsArray().Select(p => p!["type"]!.ToString()).Should().OnlyContain(t => t == "Flow" || t == "Embedded", name);
            foreach (var input in d["inputs"]!.AsArray())
            {
                var text = $"{name}.{input!["name"]}";
                Hints.Should().Contain(input["uiHint"]!.ToString(), text);
                Reserved.Should().NotContain(input["name"]!.ToString(), text);
                input["uiSpecifications"].Should().NotBeNull(text);
                input["displayName"]!.ToString().Should().NotBeEmpty(text);
                input["isBrowsable"]!.GetValue<bool>().Should().BeTrue(text);
            }
        }
    }

    [SkippableFact]
    public async Task Departments_agents_labels_templates_and_connections_are_choices_and_new_ones_appear_without_a_restart()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var handOff = (await admin.Read("/descriptors/activities/FlowEngine.HandOff"))["inputs"]!.AsArray().Single(i => i!["name"]!.ToString() == "Department")!;
        Choices(handOff["uiSpecifications"]!).Should().Equal(("(none)", ""), ("Sales", "sales"));
        handOff["uiSpecifications"]!["Refresh"].Should().BeNull("the Studio would ask with every rendering");

        (await admin.PostAsJsonAsync("/api/departments", new { key = "after", name = "Aftersales" })).EnsureSuccessStatusCode();
        var now = await admin.Send("/descriptors/activities/FlowEngine.HandOff/options/Department", new JsonObject { ["context"] = new JsonObject() });

        Choices(now["items"]!).Should().Contain(("Aftersales", "after"));
    }

    [SkippableFact]
    public async Task Outcomes_are_ports_with_names_for_people()
    {
        await using var host = await ApiHost.On(kind);
        var reply = await host.As("admin").Read("/descriptors/activities/FlowEngine.AiReply");
        reply["ports"]!.AsArray().Select(p => (p!["name"]!.ToString(), p["displayName"]!.ToString())).Should().Contain(("NotSure", "Not sure"));
        (await host.As("admin").Read("/descriptors/activities/Elsa.If"))["ports"]!.AsArray().Select(p => (p!["name"]!.ToString(), p["type"]!.ToString())).Should().Equal(("Then", "Embedded"), ("Else", "Embedded"));
        (await host.As("admin").Read("/descriptors/activities/FlowEngine.SendMessage"))["ports"]!.AsArray().Should().BeEmpty("a plain Done is drawn by the Studio");
    }

    [SkippableFact]
    public async Task The_other_descriptors_have_their_envelopes_and_at_least_one_entry_where_the_Studio_takes_the_first()
    {
        await using var host = await ApiHost.On(kind);
        var client = host.As("supervisor");
        foreach (var (path, needsOne, member) in new[]
        {
            ("/descriptors/expression-descriptors", true, "type"), ("/descriptors/variables", true, "typeName"), ("/descriptors/storage-drivers", true, "typeName"),
            ("/descriptors/workflow-activation-strategies", true, "typeName"), ("/descriptors/incident-strategies", true, "typeName"), ("/descriptors/log-persistence-strategies", true, "typeName"),
            ("/descriptors/commit-strategies/workflows", false, "name"), ("/descriptors/commit-strategies/activities", false, "name"), ("/descriptors/output-converters", false, "id"),
            ("/features/installed", true, "fullName"),
        })
        {
            var items = (await client.Read(path))["items"]!.AsArray();
            items.Count.Should().BeGreaterThanOrEqualTo(needsOne ? 1 : 0, path);
            items.Select(i => i![member]!.ToString()).Should().OnlyHaveUniqueItems(path);
        }
    }

    [SkippableFact]
    public async Task A_drawing_that_runs_other_workflows_describes_no_activity_twice()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var model = StudioCalls.Hello("parent");
        model["root"]!["activities"]!.AsArray().Add(JsonNode.Parse(
            """{ "id": "x", "type": "Elsa.ExecuteWorkflow", "version": 1, "workflowDefinitionId": { "typeName": "String", "expression": { "type": "Literal", "value": "child" } } }"""));
        model["root"]!["activities"]!.AsArray().Add(JsonNode.Parse("""{ "id": "y", "type": "Acme.CheckStock", "version": 3, "workflowDefinitionId": "gone" }"""));
        await admin.Save(model);

        var all = (await admin.Read("/descriptors/activities"))["items"]!.AsArray();

        all.Select(d => (d!["typeName"]!.ToString(), d["version"]!.GetValue<int>())).Should().OnlyHaveUniqueItems("the Studio shows nothing at all otherwise").And.Contain(("Acme.CheckStock", 3));
        all.Single(d => d!["typeName"]!.ToString() == "Acme.CheckStock")!["displayName"]!.ToString().Should().Be("Check stock");
    }

    [SkippableFact]
    public async Task Retry_policies_of_the_configuration_are_strategies_of_HTTP_requests()
    {
        await using var host = await ApiHost.On(kind);
        var client = host.As("supervisor");

        var policy = (await client.Read("/resilience/strategies?category=HTTP"))["items"]!.AsArray().Single()!;

        (policy["id"]!.ToString(), policy["displayName"]!.ToString(), policy["maxRetryAttempts"]!.GetValue<int>()).Should().Be(("patientPartner", "Patient partner", 5));
        (await client.Read("/resilience/strategies?category=Database"))["items"]!.AsArray().Should().BeEmpty();
        (await client.Read("/descriptors/activities/Elsa.FlowSendHttpRequest"))["customProperties"]!["ResilienceCategory"]!.ToString().Should().Be("HTTP");
        (await client.Read("/descriptors/activities/FlowEngine.SendMessage"))["customProperties"]!.AsObject().Should().BeEmpty();
        (await client.Read("/features/installed"))["items"]!.AsArray().Select(f => f!["fullName"]!.ToString()).Should().Contain("Elsa.Resilience");
    }

    private static (string Text, string Value)[] Choices(JsonNode specification) =>
        [.. specification["dropdown"]!["selectList"]!["items"]!.AsArray().Select(i => (i!["text"]!.ToString(), i["value"]!.ToString()))];
}

public sealed class SqliteDescriptorCallTests() : DescriptorCallSuite(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresDescriptorCallTests() : DescriptorCallSuite(DatabaseKind.Postgres);
