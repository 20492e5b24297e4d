using FlowEngine.Engine.Tasks;
using FlowEngine.Workflows.Activities.Http;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.Turns;

/// <summary>One run that a turn touched: its graph, its state now, how it was stored before, and what its bursts did.</summary>
public sealed class RunWrite(WorkflowGraph graph, WorkflowInstance instance, InstanceRecord? stored)
{
    private readonly List<(RunResult Result, ulong Seed)> bursts = [];

    public Guid Id => Instance.Id;

    public WorkflowGraph Graph { get; private set; } = graph;

    public WorkflowInstance Instance { get; private set; } = instance;

    public InstanceRecord? Stored => stored;

    /// <summary>Bookmarks that have rows, by id: a run that is over has none, though its state may hold some for a retry.</summary>
    public IReadOnlyDictionary<string, Bookmark> BookmarksBefore { get; } =
        stored is null || instance.Status == WorkflowStatus.Finished ? new Dictionary<string, Bookmark>() : instance.Bookmarks.ToDictionary(b => b.Id, StringComparer.Ordinal);

    public IReadOnlyList<(RunResult Result, ulong Seed)> Bursts => bursts;

    public bool IsOver => Instance.Status == WorkflowStatus.Finished;

    public string DisplayName => Graph.Name ?? Graph.DefinitionId;

    public void Add(RunResult result, ulong seed) => bursts.Add((result, seed));

    /// <summary>The run stands on another version from now on.</summary>
    public void MoveTo(WorkflowGraph version, WorkflowInstance migrated) => (Graph, Instance) = (version, migrated);

    public Bookmark? WaitingFor(string name) => Instance.Bookmarks.Find(b => b.Name == name);

    public InstanceRecord ToRecord(Guid? conversation, DateTimeOffset now) => new()
    {
        Id = Id,
        DefinitionId = Instance.DefinitionId,
        VersionId = Instance.DefinitionVersionId,
        Version = Instance.Version,
        ConversationId = conversation,
        Status = (int)Instance.Status,
        SubStatus = (int)Instance.SubStatus,
        CorrelationId = Instance.CorrelationId,
        Name = Instance.Name,
        IncidentCount = Instance.Incidents.Count,
        CreatedAt = stored?.CreatedAt ?? now,
        UpdatedAt = now,
        FinishedAt = IsOver ? stored?.FinishedAt ?? now : null,
        State = InstanceState.Write(Instance),
    };

    /// <param name="live">Whether the run may act now; the timers of a parked one are not armed.</param>
    /// <param name="wasLive">Whether it could act before this turn.</param>
    public IEnumerable<BookmarkRecord> AddedBookmarks(Guid mailbox, bool live = true, bool wasLive = true) => IsOver ? [] : Instance.Bookmarks
        .Where(b => !BookmarksBefore.ContainsKey(b.Id) || (b.DueAt is not null && live != wasLive) || Instance.CorrelationId != stored?.CorrelationId)
        .Select(b => new BookmarkRecord(Id, b.Id, b.Name, b.Hash, mailbox, Instance.CorrelationId, live ? b.DueAt : null, HttpEndpoint.RouteOf(b)));

    public IEnumerable<(Guid Instance, string Bookmark)> RemovedBookmarks(bool live = true, bool wasLive = true)
    {
        var standing = Standing();
        return BookmarksBefore.Values.Where(b => !standing.Contains(b.Id) || (b.DueAt is not null && live != wasLive)).Select(b => (Id, b.Id));
    }

    public IEnumerable<JournalBurst> Journal(Ids ids, DateTimeOffset now) =>
        bursts.Select(b => new JournalBurst(ids.Next(), Id, now, JournalJson.Write(b.Result, now, b.Seed)));

    /// <summary>Bookmarks of work outside that was waited for before this turn and is not any more.</summary>
    public IEnumerable<Bookmark> DroppedTasks()
    {
        var standing = Standing();
        return BookmarksBefore.Values.Where(b => ExternalTask.IsFor(b.Name) && !standing.Contains(b.Id));
    }

    private HashSet<string> Standing() => IsOver ? [] : Instance.Bookmarks.Select(b => b.Id).ToHashSet(StringComparer.Ordinal);
}
