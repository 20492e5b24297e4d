using System.Globalization;
using System.Text.Json.Nodes;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Studio.Wire;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Server.Studio.Instances.Imports;

/// <summary>An exported run as its file tells of it: of this server, or of Elsa's, whose members begin with capitals and whose lists are wrapped.</summary>
internal sealed class RunFile
{
    private static readonly string[] Lists = ["bookmarks", "incidents", "completionCallbacks", "activityExecutionContexts", "scheduledActivities"];
    private static readonly string[] Maps = ["input", "output", "properties"];

    private RunFile(JsonObject state, IReadOnlyList<JsonObject> lines, IReadOnlyList<JsonObject> records) => (State, Lines, Records) = (state, lines, records);

    /// <summary>Its id here; the same file has the same one again.</summary>
    public Guid Id { get; private set; }

    public string DefinitionId => State.Text("definitionId")!;

    public string? VersionId => State.Text("definitionVersionId");

    public int? Version => State.Number("definitionVersion");

    public WorkflowStatus Status { get; private set; }

    public WorkflowSubStatus SubStatus { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>As the viewer reads it.</summary>
    public JsonObject State { get; }

    /// <summary>Entries of the journal, in order.</summary>
    public IReadOnlyList<JsonObject> Lines { get; }

    /// <summary>Executions of activities with what the journal may not tell: state and outputs.</summary>
    public IReadOnlyList<JsonObject> Records { get; }

    /// <summary>The run, or why the file is none.</summary>
    public static (RunFile? Run, string? Problem) Read(byte[] content)
    {
        if (FlowDocument.Parse(content, out var error) is not { } file)
        {
            return (null, error.Message);
        }

        if (Member(file, "workflowState") is not JsonObject state)
        {
            return (null, "The file is no exported run: it has no workflowState.");
        }

        var isWrapped = state.ContainsKey("$id");
        var run = new RunFile((JsonObject)Plain(state, isWrapped)!, Entries(file, "workflowExecutionLogRecords", isWrapped), Entries(file, "activityExecutionRecords", isWrapped));
        return run.Understand() is { } problem ? (null, problem) : (run, null);
    }

    /// <summary>As fine as a database keeps it; null when it is none.</summary>
    public static DateTimeOffset? Time(JsonObject item, string name) =>
        DateTimeOffset.TryParse(item.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? Stored.Instant(Stored.Instant(at)) : null;

    /// <summary>What is missing or wrong; null when all is there.</summary>
    private string? Understand()
    {
        if (State.Text("id") is not { } foreign || State.Text("definitionId") is null || Time(State, "createdAt") is not { } created)
        {
            return "workflowState lacks id, definitionId or createdAt.";
        }

        if (!Word<WorkflowStatus>("status", out var status) || !Word<WorkflowSubStatus>("subStatus", out var subStatus))
        {
            return $"Nobody knows the state {State.Text("status")}/{State.Text("subStatus")}.";
        }

        (Status, SubStatus, CreatedAt) = (status, subStatus, created);
        UpdatedAt = Time(State, "updatedAt") ?? created;
        FinishedAt = Time(State, "finishedAt") ?? (status == WorkflowStatus.Finished ? UpdatedAt : null);
        return Complete() ?? Lines.Select(JournalOfFile.Problem).FirstOrDefault(p => p is not null) ?? TakeIds(foreign);
    }

    private string? TakeIds(string foreign)
    {
        Id = ForeignIds.OfRun(foreign, CreatedAt);
        ForeignIds.Replace(this, foreign);
        return null;
    }

    /// <summary>Elsa's word for a run that was broken off by its server's end has none here: it waits to go on.</summary>
    private bool Word<T>(string name, out T value)
        where T : struct, Enum =>
        Enum.TryParse(State.Text(name) is "Interrupted" ? nameof(WorkflowSubStatus.Suspended) : State.Text(name), ignoreCase: true, out value) && Enum.IsDefined(value);

    /// <summary>Puts empty lists and maps where the file leaves them out: the viewer needs them.</summary>
    private string? Complete()
    {
        foreach (var name in Lists)
        {
            State[name] ??= new JsonArray();
            if (State[name] is not JsonArray list || list.Any(i => i is not JsonObject))
            {
                return $"workflowState.{name} is no list of objects.";
            }
        }

        foreach (var name in Maps)
        {
            State[name] ??= new JsonObject();
            if (State[name] is not JsonObject)
            {
                return $"workflowState.{name} is no object.";
            }
        }

        return null;
    }

    private static IReadOnlyList<JsonObject> Entries(JsonObject file, string name, bool isWrapped) =>
        [.. (Plain(Member(file, name), isWrapped) as JsonArray ?? []).OfType<JsonObject>().OrderBy(e => Sequence(e))];

    public static long Sequence(JsonObject entry) => entry["sequence"] is JsonValue value && value.TryGetValue<long>(out var number) ? number : 0;

    private static JsonNode? Member(JsonObject file, string name) => file.FirstOrDefault(m => string.Equals(m.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>
    /// A copy without the character 0, which a database's text cannot hold, and without the numbers and wrappings by which Elsa's files refer to objects that
    /// were written before.
    /// </summary>
    private static JsonNode? Plain(JsonNode? node, bool isWrapped) => node switch
    {
        JsonObject item when isWrapped && item["$values"] is JsonArray list => Plain(list, isWrapped),
        JsonObject item => new JsonObject(item.Where(m => !isWrapped || m.Key != "$id").Select(m => KeyValuePair.Create(m.Key, Plain(m.Value, isWrapped)))),
        JsonArray list => new JsonArray([.. list.Select(i => Plain(i, isWrapped))]),
        JsonValue value when value.TryGetValue<string>(out var text) && text.Contains('\0', StringComparison.Ordinal) => JsonValue.Create(text.Replace("\0", "", StringComparison.Ordinal)),
        _ => node?.DeepClone(),
    };
}
