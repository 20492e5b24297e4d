using System.Text.Json;
using System.Text;
using FlowEngine.Workflows.Activities.Children;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Tests.Workflows.Conformance;

/// <summary>
/// A store, a clock and an event router around the interpreter, just enough to act out a case. Instances are written to bytes
/// after each burst and read back for the next, so every case is a test of the stored state too.
/// </summary>
internal sealed class ConformanceEngine : IChildRuns
{
    private readonly List<(string Name, object? Payload, string? CorrelationId)> unmatched = [];
    private readonly Queue<Action> queued = new();
    private ulong seed;

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public List<StoredRun> Runs { get; } = [];

    /// <summary>The run that a case is about: the one that it started last by hand, else the first.</summary>
    public StoredRun Main
    {
        get => field ?? Runs[0];
        set;
    }

    /// <summary>All versions that were given, in their order.</summary>
    public WorkflowGraph[] Versions { get; private set; } = [];

    public List<string> Lines { get; } = [];

    /// <summary>The mode that a case was recorded in, as both formats name it.</summary>
    public string Mode { get; init; } = "counter";

    /// <summary>Whether what Elsa sends through its queues waits for the step that processes them: children that are dispatched or have ended, events of activities.</summary>
    public bool IsDeferring { get; init; }

    /// <summary>What definitions may use.</summary>
    public ActivityCatalog Catalog { get; init; } = BuiltIn.Catalog;

    /// <summary>Null, or why a definition was refused. Of several versions of one definition the last is the published one.</summary>
    public string? PublishAll(IEnumerable<JsonElement> definitions)
    {
        var files = definitions.Select(d => Encoding.UTF8.GetBytes(d.GetRawText())).ToArray();
        var readings = Array.ConvertAll(files, f => DefinitionReader.Read(f, Catalog, WorkflowFiles.Finder(files)));
        if (Array.Find(readings, r => r.Graph is null) is { } refused) return string.Join("; ", refused.Errors);
        Versions = [.. readings.Select(r => r.Graph!)];
        return null;
    }

    public StoredRun StartVersion(WorkflowGraph version) => Begin(version, new StartRequest(NewId()), null);

    public StoredRun Start(string definitionId, Dictionary<string, object?>? input = null, string? correlationId = null, string? alias = null)
    {
        var graph = Published(definitionId);
        return Begin(graph, new StartRequest(NewId(), correlationId, input), alias);
    }

    /// <summary>Starts what it triggers, then resumes every match; what matched nothing waits for its bookmark.</summary>
    public void PublishEvent(string name, object? payload, string? correlationId, StoredRun? only = null)
    {
        var isMatched = false;
        var waiting = only is null ? Runs.ToArray() : [only];
        foreach (var graph in only is null ? Versions.GroupBy(g => g.DefinitionId).Select(versions => versions.Last()) : [])
        {
            foreach (var trigger in graph.Triggers.Where(t => t.TypeName == "Elsa.Event" && (t.Inputs.GetValueOrDefault("EventName") as string) == name))
            {
                isMatched = true;
                if (MayStart(graph, correlationId)) Begin(graph, new StartRequest(NewId(), correlationId, null, trigger.ActivityId, payload), null);
            }
        }

        isMatched |= Deliver(name, payload, correlationId, waiting);
        if (!isMatched) unmatched.Add((name, payload, correlationId));
    }

    public void ProcessQueue()
    {
        while (queued.TryDequeue(out var act)) act();
        unmatched.RemoveAll(e => Deliver(e.Name, e.Payload, e.CorrelationId, [.. Runs]));
    }

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
        Advance(run, Interpreter.Resume(run.Graph, run.Load(), bookmark.Id, payload, Environment()));

    public void Retry(StoredRun run, string activityInstanceId) =>
        Advance(run, Interpreter.Retry(run.Graph, run.Load(), activityInstanceId, Environment()));

    /// <summary>Takes those with it that it waits for.</summary>
    public void Cancel(StoredRun run)
    {
        var children = run.Instance.Bookmarks.Select(ChildWorkflows.ChildOf).OfType<Guid>().ToList();
        Advance(run, Interpreter.Cancel(run.Graph, run.Load(), "asked for", Environment()));
        foreach (var child in Runs.Where(r => r.HasBegun && r.IsRunning && children.Contains(r.Instance.Id)).ToArray()) Cancel(child);
    }

    public bool IsPublished(string definitionId) => Array.Exists(Versions, g => g.DefinitionId == definitionId);

    public ChildRun? Execute(ChildStart child)
    {
        var outer = (string[])[.. Lines];
        Lines.Clear();
        var run = Begin(child);
        var own = (string[])[.. Lines];
        Lines.Clear();
        Lines.AddRange(outer);
        return new ChildRun(run.Instance.Status, run.Instance.SubStatus, run.Instance.CorrelationId, run.Instance.Output, own);
    }

    /// <summary>The activation strategies, as a host asks before it starts a run that something triggers.</summary>
    private bool MayStart(WorkflowGraph graph, string? correlationId) => !Runs.Exists(r => r.IsRunning && graph.Activation switch
    {
        ActivationStrategy.Singleton => r.Graph.DefinitionId == graph.DefinitionId,
        ActivationStrategy.CorrelatedSingleton => r.Graph.DefinitionId == graph.DefinitionId && r.Instance.CorrelationId == correlationId,
        ActivationStrategy.Correlation => r.Instance.CorrelationId == correlationId,
        _ => false,
    });

    private WorkflowGraph Published(string definitionId) => Array.FindLast(Versions, g => g.DefinitionId == definitionId)!;

    private StoredRun Begin(ChildStart child) => Begin(
        Published(child.DefinitionId),
        new StartRequest(child.InstanceId, child.CorrelationId, child.Input, ParentInstanceId: child.ParentInstanceId, Depth: child.Depth),
        null);

    private StoredRun Begin(WorkflowGraph graph, StartRequest request, string? alias)
    {
        var run = new StoredRun(graph, alias);
        Runs.Add(run);
        Advance(run, Interpreter.Start(graph, request, Environment()));
        return run;
    }

    /// <summary>Stores the burst, then carries out what it wanted and wakes the parent of a run that has ended.</summary>
    private void Advance(StoredRun run, RunResult result)
    {
        run.Advance(result, Lines);
        foreach (var effect in result.Effects)
        {
            if (effect is WorkflowDispatched dispatched) Queue(() => Begin(dispatched.Child));
            if (effect is EventPublished published) Queue(() => PublishEvent(published.Name, published.Payload, published.CorrelationId, published.IsLocal ? run : null));
        }

        if (!run.IsRunning && run.Instance.ParentInstanceId is { } parent) Queue(() => WakeParent(parent, run.Instance));
    }

    private void Queue(Action act)
    {
        if (IsDeferring) queued.Enqueue(act);
        else act();
    }

    private void WakeParent(Guid parent, WorkflowInstance child)
    {
        // A parent that is still in the burst that runs this child inline has not been stored yet and waits for nothing.
        var waiting = Runs.Find(r => r.HasBegun && r.Instance.Id == parent);
        var hashes = ChildWorkflows.CompletionHashes(child.Id).ToHashSet();
        if (waiting?.Instance.Bookmarks.Find(b => hashes.Contains(b.Hash)) is { } bookmark) Resume(waiting, bookmark, ChildWorkflows.Completion(child));
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
        Children = this,
        NewId = NewId,
        FlowchartMode = Mode is "token" or "TokenBased" ? FlowchartMode.Token : FlowchartMode.Counter,
    };

    private Guid NewId() => new((int)++seed, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);
}
