using System.Text.Json;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Flow;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Interpreter;

/// <summary>
/// One execution of one activity. Those that have not ended form a tree below the workflow's own; only they are stored.
/// </summary>
internal sealed partial class Execution(WorkflowInstance instance, ActivityNode node, Execution? parent, int number) : ActivityContext
{
    private string? id;
    private List<Execution>? children;
    private Dictionary<string, object?>? state;

    public WorkflowInstance Instance => instance;

    public ActivityNode Node => node;

    public Execution? Parent => parent;

    /// <summary>The workflow used as an activity that this execution is part of.</summary>
    public Execution? Composite
    {
        get
        {
            if (node.Composite is not { } wanted) return null;
            var at = parent;
            while (at is not null && at.Node != wanted) at = at.Parent;
            return at;
        }
    }

    public int Number => number;

    public ExecutionStatus Status { get; set; }

    /// <summary>The burst under way; only then an execution does anything.</summary>
    public Burst Burst => instance.Burst!;

    /// <summary>Executions begun or queued by this one that have not ended, oldest first.</summary>
    public List<Execution> Children => children ??= [];

    public bool HasChildren => children is { Count: > 0 };

    /// <summary>Set on a flowchart.</summary>
    public FlowScope? Flow { get; set; }

    /// <summary>A break passed through: the container ends with the child that is ending.</summary>
    public bool IsBreaking { get; set; }

    /// <summary>Bookmarks it has made so far; numbers them.</summary>
    public int BookmarkCount { get; set; }

    /// <summary>Which case, item or branch of the container this is.</summary>
    public string? Tag { get; set; }

    public IReadOnlyDictionary<string, object?>? StoredState => state;

    public override string Id => id ??= $"{instance.Id}.{number}";

    public override string ActivityId => node.Id;

    public override string NodeId => node.NodeId;

    public override string ActivityName => node.DisplayName;

    public override Guid InstanceId => instance.Id;

    public override DateTimeOffset Now => Burst.Now;

    public override object? Host => Burst.Host;

    public override object? TriggerInput => IsTrigger ? instance.TriggerInput : null;

    public override bool IsTrigger => TriggerMark;

    /// <summary>This execution is the one that the run was started for.</summary>
    public bool TriggerMark { get; set; }

    public override IDictionary<string, object?> State => state ??= new Dictionary<string, object?>(StringComparer.Ordinal);

    public void ForgetState()
    {
        state = null;
        Flow = null;
        IsBreaking = false;
    }

    public override JsonElement? Plain(string name) => Json.Property(node.Json, char.ToLowerInvariant(name[0]) + name[1..]);

    public override Bookmark CreateBookmark(string name, object? payload = null, DateTimeOffset? dueAt = null, string? tag = null) =>
        Burst.AddBookmark(this, name, payload, dueAt, tag);

    public override void DropBookmarks() => Burst.RemoveBookmarks(this);

    public override bool HasConnection(string outcome) =>
        node.Parent?.Compiled is FlowGraph graph && graph.HasConnection(node.Ordinal, outcome);

    public override void Note(string eventName, string message) => Burst.Journal(this, eventName, message);

    /// <summary>Queues a child; it begins when what was queued before it has run.</summary>
    public Execution Schedule(ActivityNode child, string? tag = null) => Burst.Schedule(this, child, tag);

    public bool HasPending(ActivityNode child)
    {
        foreach (var other in Children)
        {
            if (other.Status == ExecutionStatus.Pending && other.Node == child) return true;
        }

        return false;
    }

    /// <summary>What is remembered over a wait reads the same before and after it was stored.</summary>
    public void SettleState()
    {
        if (state is null) return;
        foreach (var (key, value) in state.ToArray()) state[key] = PlainValue.From(value);
    }

    public void RestoreState(string key, object? value) => State[key] = PlainValue.From(value);
}
