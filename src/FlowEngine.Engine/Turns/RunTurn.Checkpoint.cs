using System.Buffers.Binary;
using FlowEngine.Engine.Tasks;
using FlowEngine.Workflows.Activities.Children;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Engine.Turns;

public sealed partial class RunTurn
{
    private readonly List<IncidentClosed> cured = [];
    private Checkpoint? checkpoint;

    public bool HasTasks => checkpoint is { TasksAdded.Count: > 0 };

    public bool HasHooks => checkpoint is { Hooks.Count: > 0 };

    public IEnumerable<TaskEnd> Withdrawn => checkpoint?.TasksEnded ?? [];

    /// <summary>The earliest timer that this turn has set, or now when other mailboxes got something from it; the due loop must not sleep past it.</summary>
    public DateTimeOffset? EarliestDue => checkpoint is { Enqueued.Count: > 0 } ? now : checkpoint?.BookmarksAdded.Min(b => b.DueAt);

    /// <summary>Everything that is written together.</summary>
    public Checkpoint ToCheckpoint()
    {
        var own = run.Touched.ToList();
        List<RunWrite> touched = [.. own, .. children.Children];
        return checkpoint = new Checkpoint
        {
            Mailbox = load.Mailbox,
            ExpectedVersion = load.MailboxVersion,
            Now = now,
            Events = done,
            Instances = [.. touched.Select(r => r.ToRecord(null, now))],
            BookmarksAdded = [.. touched.SelectMany(r => r.AddedBookmarks(r.Id))],
            BookmarksRemoved = [.. own.SelectMany(r => r.RemovedBookmarks())],
            TasksAdded = wishes.Tasks.FindAll(t => touched.Exists(r => r.Id == t.Instance && !r.IsOver && r.Instance.Bookmarks.Exists(b => b.Id == t.Bookmark))),
            TasksEnded = [.. own.SelectMany(r => r.DroppedTasks().Select(b => new TaskEnd(r.Id, b.Id, Stale: false))).Except(answered), .. answered],
            Journal = [.. touched.SelectMany(r => r.Journal(tools.Ids, now))],
            IncidentsOpened = [.. incidents, .. children.Incidents(now)],
            IncidentsClosed = cured,
            NewRuns = children.GoOn,
            Claim = claim,
            ClaimsFreed = own.Exists(r => r.IsOver) ? load.Mailbox : null,
            Enqueued = wishes.Events,
            Hooks = tools.Hooks.Build(load.Mailbox, wishes.StillAsked(touched), now),
        };
    }

    /// <summary>After each burst: what it wants, what went wrong in it, and whether a parent is to be told.</summary>
    private void Conclude(RunWrite open)
    {
        var result = open.Bursts[^1].Result;
        wishes.Take(open.Id, load.Mailbox, 0, result);
        incidents.AddRange(IncidentsOf(open, result.NewIncidents, now));
        if (open.IsOver && open.Instance.ParentInstanceId is not null)
        {
            wishes.TellParent(open.Id, ChildWorkflows.Completion(open.Instance));
        }
    }

    /// <summary>An incident's id follows from its place in the run, so that a later turn can close it without having read it.</summary>
    internal static IEnumerable<IncidentRecord> IncidentsOf(RunWrite open, IReadOnlyList<Incident> added, DateTimeOffset now)
    {
        var first = open.Instance.Incidents.Count - added.Count;
        return added.Select((incident, i) => new IncidentRecord(
            IncidentId(open.Id, first + i), null, open.Id, incident.ActivityId, incident.ActivityInstanceId, null, "Flow", "automation", incident.Code ?? "FE_FLOW_FAULT",
            incident.Message, string.Join(" · ", new[] { incident.ActivityId, incident.ExceptionType, incident.Cause }.Where(part => !string.IsNullOrEmpty(part))),
            Blocking: open.IsOver, now));
    }

    private static Guid IncidentId(Guid run, int nth)
    {
        Span<byte> bytes = stackalloc byte[16];
        run.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[14..], (ushort)(BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]) ^ (nth + 1)));
        return new Guid(bytes, bigEndian: true);
    }
}
