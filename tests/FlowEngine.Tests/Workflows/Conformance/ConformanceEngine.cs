using System.Text;
using System.Text.Json;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Tests.Workflows.Conformance;

/// <summary>
/// A store, a clock and an event router around the interpreter, just enough to act out a case. Instances are written to bytes
/// after each burst and read back for the next, so every case is a test of the stored state too.
/// </summary>
internal sealed class ConformanceEngine
{
    private readonly List<WorkflowGraph> graphs = [];
    private readonly List<byte[]> files = [];
    private readonly List<(string Name, object? Payload, string? CorrelationId)> unmatched = [];
    private ulong seed;

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public List<StoredRun> Runs { get; } = [];

    public List<string> Lines { get; } = [];

    /// <summary>The mode that a case was recorded in, as both formats name it.</summary>
    public string Mode { get; init; } = "counter";

    public string? Publish(JsonElement definition)
    {
        files.Add(Encoding.UTF8.GetBytes(definition.GetRawText()));
        var readings = files.Select(f => DefinitionReader.Read(f, BuiltIn.Catalog, WorkflowFiles.Finder(files))).ToArray();
        if (Array.Find(readings, r => r.Graph is null) is { } refused) return string.Join("; ", refused.Errors);
        graphs.Clear();
        graphs.AddRange(readings.Select(r => r.Graph!).GroupBy(g => g.DefinitionId).Select(versions => versions.Last()));
        return null;
    }

    public StoredRun Start(string definitionId, Dictionary<string, object?>? input = null, string? correlationId = null, string? alias = null)
    {
        var graph = graphs.Single(g => g.DefinitionId == definitionId);
        return Begin(graph, new StartRequest(NewId(), correlationId, input), alias);
    }

    /// <summary>Starts what it triggers, then resumes every match; what matched nothing waits for its bookmark.</summary>
    public void PublishEvent(string name, object? payload, string? correlationId, StoredRun? only = null)
    {
        var isMatched = false;
        var waiting = only is null ? Runs.ToArray() : [only];
        foreach (var graph in only is null ? graphs.ToArray() : [])
        {
            foreach (var trigger in graph.Triggers.Where(t => t.TypeName == "Elsa.Event" && (t.Inputs.GetValueOrDefault("EventName") as string) == name))
            {
                isMatched = true;
                Begin(graph, new StartRequest(NewId(), correlationId, null, trigger.ActivityId, payload), null);
            }
        }

        isMatched |= Deliver(name, payload, correlationId, waiting);
        if (!isMatched) unmatched.Add((name, payload, correlationId));
    }

    public void ProcessQueue() => unmatched.RemoveAll(e => Deliver(e.Name, e.Payload, e.CorrelationId, [.. Runs]));

    public void Wait(TimeSpan time)
    {
        Now += time;
        ProcessQueue();
        foreach (var run in Runs.ToArray())
        {
            while (run.Instance.Bookmarks.FirstOrDefault(b => b.DueAt <= Now) is { } due && run.IsRunning) Resume(run, due, null);
        }
    }

    public void Resume(StoredRun run, Bookmark bookmark, object? payload) =>
        run.Advance(Interpreter.Resume(run.Graph, run.Load(), bookmark.Id, payload, Environment()), Lines);

    public void Retry(StoredRun run, string activityInstanceId) =>
        run.Advance(Interpreter.Retry(run.Graph, run.Load(), activityInstanceId, Environment()), Lines);

    public void Cancel(StoredRun run) => run.Advance(Interpreter.Cancel(run.Graph, run.Load(), "asked for", Environment()), Lines);

    private StoredRun Begin(WorkflowGraph graph, StartRequest request, string? alias)
    {
        var run = new StoredRun(graph, alias);
        Runs.Add(run);
        run.Advance(Interpreter.Start(graph, request, Environment()), Lines);
        return run;
    }

    private bool Deliver(string name, object? payload, string? correlationId, StoredRun[] runs)
    {
        var hash = BookmarkHash.Of("Elsa.Event", new Dictionary<string, object?> { ["EventName"] = name });
        var isMatched = false;
        foreach (var run in runs.Where(r => r.IsRunning))
        {
            if (correlationId is not null && run.Instance.CorrelationId != correlationId) continue;
            foreach (var bookmark in run.Instance.Bookmarks.Where(b => b.Hash == hash).ToArray())
            {
                isMatched = true;
                Resume(run, bookmark, payload);
            }
        }

        return isMatched;
    }

    private RunEnvironment Environment() => new()
    {
        Now = Now,
        Seed = ++seed,
        FlowchartMode = Mode is "token" or "TokenBased" ? FlowchartMode.Token : FlowchartMode.Counter,
    };

    private Guid NewId() => new((int)++seed, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);
}
