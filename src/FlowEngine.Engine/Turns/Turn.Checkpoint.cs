using FlowEngine.Conversations;
using FlowEngine.Engine.Hooks;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Engine.Turns;

public sealed partial class Turn
{
    private Checkpoint? checkpoint;

    /// <summary>False when the turn found nothing to do; then nothing is written.</summary>
    public bool HasChanges => done.Count > 0 || messages.HasChanges || history.Count > 0 || run.Touched.Any() || conversation != load.Conversation;

    /// <summary>A message came or got further, such as a tick; the conversation itself may be as before.</summary>
    public bool HasMessages => messages.HasChanges;

    public bool HasHooks => checkpoint is { Hooks.Count: > 0 };

    /// <summary>The earliest timer or wake time that this turn has set; the due loop must not sleep past it.</summary>
    public DateTimeOffset? EarliestDue => new[]
    {
        checkpoint?.BookmarksAdded.Min(b => b.DueAt),
        messages.Added.Concat(messages.Changed).Where(m => m.State is MessageState.Queued or MessageState.Unknown).Min(m => m.WakeAt),
    }.Min();

    /// <summary>Everything that is written together.</summary>
    public Checkpoint ToCheckpoint()
    {
        KeepRunFresh();
        CollectIncidents();
        var changed = conversation != load.Conversation;
        if (changed)
        {
            conversation = conversation with { Version = load.Conversation.Version + 1, LastActivityAt = messages.Added.Count > 0 ? now : conversation.LastActivityAt };
        }

        return checkpoint = new Checkpoint
        {
            Mailbox = load.Mailbox,
            ExpectedVersion = load.MailboxVersion,
            Now = now,
            Conversation = changed ? conversation : null,
            Contact = contact == load.Contact ? null : contact,
            Events = done,
            NewMessages = messages.Added,
            ChangedMessages = messages.Changed,
            Instances = [.. run.Touched.Select(RecordOf)],
            BookmarksAdded = [.. run.Touched.SelectMany(AddedBookmarks)],
            BookmarksRemoved = [.. run.Touched.SelectMany(RemovedBookmarks)],
            TasksAdded = AddedTasks(),
            TasksEnded = EndedTasks(),
            Journal = [.. run.Touched.SelectMany(r => r.Bursts.Select(b => new JournalBurst(tools.Ids.Next(), r.Id, now, JournalJson.Write(b.Result, now, b.Seed))))],
            IncidentsOpened = incidentsOpened,
            IncidentsClosed = incidentsClosed,
            Pause = Paused,
            History = history,
            Hooks = tools.Hooks.Build(new HookSource(
                Before.Version == 0 ? null : Before.Tab, conversation, contact, history, messages.Added, messages.Changed, incidentsOpened, incidentsClosed, now)),
        };
    }

    /// <summary>
    /// A run whose right to act changed in this turn has its timers armed or disarmed and its tasks withdrawn with it; one that the conversation gave up ends, so that
    /// nothing of it can wake any more (invariant I16).
    /// </summary>
    private void KeepRunFresh()
    {
        if (load.Instance is not { } stored)
        {
            return;
        }

        if (conversation.FlowInstance != stored.Id)
        {
            Cancel(stored.Id, "The conversation gave the run up.");
        }
        else if (IsLive(Before) != RunIsLive || Before.Epoch != conversation.Epoch)
        {
            run.Open(stored.Id);
        }
    }

    private InstanceRecord RecordOf(RunWrite open)
    {
        var instance = open.Instance;
        return new InstanceRecord
        {
            Id = instance.Id,
            DefinitionId = instance.DefinitionId,
            VersionId = instance.DefinitionVersionId,
            Version = instance.Version,
            ConversationId = conversation.Id,
            Status = (int)instance.Status,
            SubStatus = (int)instance.SubStatus,
            CorrelationId = instance.CorrelationId,
            Name = instance.Name,
            IncidentCount = instance.Incidents.Count,
            CreatedAt = open.Stored?.CreatedAt ?? now,
            UpdatedAt = now,
            FinishedAt = open.IsOver ? open.Stored?.FinishedAt ?? now : null,
            State = InstanceState.Write(instance),
        };
    }

    private IEnumerable<BookmarkRecord> AddedBookmarks(RunWrite open)
    {
        var live = RunIsLive && conversation.FlowInstance == open.Id;
        var wasLive = IsLive(Before) && Before.FlowInstance == open.Id;
        return open.IsOver ? [] : open.Instance.Bookmarks
            .Where(b => !open.BookmarksBefore.ContainsKey(b.Id) || (b.DueAt is not null && live != wasLive))
            .Select(b => new BookmarkRecord(open.Id, b.Id, b.Name, b.Hash, load.Mailbox, open.Instance.CorrelationId, live ? b.DueAt : null));
    }

    private IEnumerable<(Guid, string)> RemovedBookmarks(RunWrite open)
    {
        var live = RunIsLive && conversation.FlowInstance == open.Id;
        var wasLive = IsLive(Before) && Before.FlowInstance == open.Id;
        var standing = open.IsOver ? [] : open.Instance.Bookmarks.Select(b => b.Id).ToHashSet(StringComparer.Ordinal);
        return open.BookmarksBefore.Values
            .Where(b => !standing.Contains(b.Id) || (b.DueAt is not null && live != wasLive))
            .Select(b => (open.Id, b.Id));
    }
}
