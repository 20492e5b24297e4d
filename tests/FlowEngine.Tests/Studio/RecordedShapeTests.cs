using System.Text.Json.Nodes;
using FlowEngine.Tests.Api;
using static FlowEngine.Tests.Studio.StudioCalls;
using static FlowEngine.Tests.Studio.StudioRuns;

namespace FlowEngine.Tests.Studio;

/// <summary>
/// Our answers beside those that a real Elsa server gave, which <c>FLOWENGINE_ELSA_RECORDED</c> names a folder of: every member that it sends is
/// here too, by the same name and of the same kind. Values are not compared.
/// </summary>
public sealed class RecordedShapeTests
{
    /// <summary>Members that only Elsa's own engine has; the Studio reads none of them.</summary>
    private static readonly HashSet<string> OnlyElsas =
    [
        "clrType", "tenantId", "_type", "executionLogSequence", "callbackMethodName", "autoComplete", "stackTrace", "schedulingActivityId", "callStackDepth", "isExecuting",
        "Type", "completionCallbacks", "scheduledActivities", "data", "faultCount", "ownerActivityNodeId", "payload", "metadata",
    ];

    [SkippableFact]
    public async Task What_Elsa_sends_of_definitions_is_sent_here_too()
    {
        await using var host = await ApiHost.Start();
        var admin = host.As("admin");
        var saved = await admin.Send("/workflow-definitions", Saving(Hello("shape"), publish: true));
        var problems = new List<string>();

        Compare("definition-save-and-publish", "", saved, problems);
        Compare("definition-get-by-id", "", await admin.Read($"/workflow-definitions/by-id/{saved["workflowDefinition"]!["id"]}"), problems);
        Compare("definitions-list", "", await admin.Read("/workflow-definitions?versionOptions=Latest"), problems);
        Compare("definitions-count", "", await admin.Read("/workflow-definitions/query/count"), problems);
        Compare("name-unique-true", "", await admin.Read("/workflow-definitions/validation/is-name-unique?name=Another"), problems);
        Compare("definition-revert", "", await admin.Send("/workflow-definitions/shape/revert/1", new JsonObject()), problems);
        Compare("definitions-bulk-publish", "", await admin.Send("/bulk-actions/publish/workflow-definitions/by-definition-ids", new JsonObject { ["definitionIds"] = new JsonArray("shape", "none") }), problems);
        Compare("definitions-bulk-retract", "", await admin.Send("/bulk-actions/retract/workflow-definitions/by-definition-ids", new JsonObject { ["definitionIds"] = new JsonArray("shape") }), problems);
        Compare("definitions-bulk-delete", "", await admin.Send("/bulk-actions/delete/workflow-definitions/by-definition-id", new JsonObject { ["definitionIds"] = new JsonArray("shape") }), problems);
        problems.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task What_Elsa_sends_of_descriptors_is_sent_here_too()
    {
        await using var host = await ApiHost.Start();
        var client = host.As("supervisor");
        var problems = new List<string>();
        foreach (var (file, path) in new[]
        {
            ("descriptor-If", "/descriptors/activities/Elsa.If"), ("descriptor-SetVariable", "/descriptors/activities/Elsa.SetVariable"), ("descriptor-FlowSwitch", "/descriptors/activities/Elsa.FlowSwitch"),
            ("descriptors-expression", "/descriptors/expression-descriptors"), ("descriptors-variables", "/descriptors/variables"), ("descriptors-storage-drivers", "/descriptors/storage-drivers"),
            ("descriptors-activation-strategies", "/descriptors/workflow-activation-strategies"), ("descriptors-incident-strategies", "/descriptors/incident-strategies"),
            ("descriptors-log-persistence-strategies", "/descriptors/log-persistence-strategies"), ("descriptors-commit-activities", "/descriptors/commit-strategies/activities"),
            ("descriptors-output-converters", "/descriptors/output-converters"), ("features-installed", "/features/installed"), ("feature-one", "/features/installed/Elsa.Workflows"),
        })
        {
            Compare(file, "", await client.Read(path), problems);
        }

        problems.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task What_Elsa_sends_of_runs_is_sent_here_too()
    {
        await using var host = await ApiHost.Start();
        var (_, instance) = await Waiting(host);
        var client = host.As("supervisor");
        var node = "Workflow1%3AFlowchart1%3Aq";
        var problems = new List<string>();
        var execution = (await client.Read($"/activity-execution-summaries/list?WorkflowInstanceId={instance}&ActivityNodeId={node}"))["items"]![0]!["id"];

        Compare("instances-list-post", "", await client.Send("/workflow-instances", new JsonObject()), problems, "finishedAt");
        Compare("instance-get-blocked", "", await client.Read($"/workflow-instances/{instance}"), problems);
        Compare("instance-state-blocked", "", await client.Read($"/workflow-instances/{instance}/execution-state"), problems);
        Compare("instance-variables-blocked", "", await client.Read($"/workflow-instances/{instance}/variables"), problems);
        Compare("instance-journal-blocked", "", await client.Read($"/workflow-instances/{instance}/journal"), problems, "activityName");
        Compare("activity-executions-report-blocked", "", await client.Send("/activity-executions/report", new JsonObject { ["workflowInstanceId"] = instance, ["activityNodeIds"] = new JsonArray() }), problems);
        Compare("activity-executions-list-blocked", "", await client.Read($"/activity-executions/list?WorkflowInstanceId={instance}&ActivityNodeId={node}"), problems, "properties", "schedulingActivityExecutionId");
        Compare("activity-execution-summaries-blocked", "", await client.Read($"/activity-execution-summaries/list?WorkflowInstanceId={instance}&ActivityNodeId={node}"), problems, "schedulingActivityExecutionId");
        Compare("activity-execution-get-blocked", "", await client.Read($"/activity-executions/{execution}"), problems, "outputs");
        Compare("activity-execution-callstack-blocked", "", await client.Read($"/activity-executions/{execution}/call-stack"), problems, "outputs", "properties");
        problems.Should().BeEmpty();
    }

    private static void Compare(string file, string path, JsonNode ours, List<string> problems, params string[] except)
    {
        var folder = Environment.GetEnvironmentVariable("FLOWENGINE_ELSA_RECORDED");
        Skip.If(string.IsNullOrEmpty(folder), "No folder of recorded answers is named.");
        var recorded = JsonNode.Parse(File.ReadAllText(Path.Combine(folder!, file + ".json")))!["response"]!["body"]!;
        Compare(recorded, ours, file + path, problems, except);
    }

    /// <summary>Objects by their members; of lists the first entries; maps whose names are data (input, state, options) are not looked into.</summary>
    private static void Compare(JsonNode recorded, JsonNode? ours, string at, List<string> problems, string[] except)
    {
        if (recorded is JsonObject item)
        {
            if (ours is not JsonObject own)
            {
                problems.Add($"{at}: {ours?.ToJsonString() ?? "nothing"} is no object");
                return;
            }

            foreach (var (name, value) in item.Where(m => m.Value is not null && !OnlyElsas.Contains(m.Key) && !except.Contains(m.Key)))
            {
                if (!own.TryGetPropertyValue(name, out var mine))
                {
                    problems.Add($"{at}.{name} is missing");
                }
                else if (mine is not null && name is not ("root" or "variables" or "inputs" or "input" or "output" or "properties" or "activityState" or "customProperties" or "options" or "uiSpecifications" or "constructionProperties" or "warnings" or "outputs"))
                {
                    Compare(value!, mine, $"{at}.{name}", problems, except);
                }
            }
        }
        else if (recorded is JsonArray list)
        {
            if (ours is not JsonArray own)
            {
                problems.Add($"{at} is no list");
            }
            else if (list.Count > 0 && own.Count > 0 && list[0] is { } first)
            {
                Compare(first, own[0], $"{at}[0]", problems, except);
            }
        }
        else if (ours is null or not JsonValue || (recorded.GetValueKind() != ours.GetValueKind() && !IsFlag(recorded)))
        {
            problems.Add($"{at}: {ours?.ToJsonString() ?? "nothing"} is not of the kind of {recorded.ToJsonString()}");
        }
    }

    private static bool IsFlag(JsonNode node) => node.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False;
}
