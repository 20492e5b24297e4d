using FlowEngine.Conversations;
using FlowEngine.Engine.Hooks;

namespace FlowEngine.Engine.Turns;

public sealed partial class Turn
{
    private Checkpoint? checkpoint;

    /// <summary>False when the turn found nothing to do; then nothing is written.</summary>
    public bool HasChanges => done.Count > 0 || messages.HasChanges || history.Count > 0 || run.Touched.Count > 0 || conversation != load.Conversation;

    /// <summary>A message came or got further, such as a tick; the conversation itself may be as before.</summary>
    public bool HasMessages => messages.HasChanges;

    public bool HasHooks => checkpoint is { Hooks.Count: > 0 };

    /// <summary>The earliest timer or wake time that this turn has set; the due loop must not sleep past it.</summary>
    public DateTimeOffset? EarliestDue => new[]
    {
        checkpoint is { Enqueued.Count: > 0 } ? now : null,
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
            Before = load.Conversation,
            Contact = contact == load.Contact ? null : contact,
            Events = done,
            NewMessages = messages.Added,
            ChangedMessages = messages.Changed,
            Instances = [.. run.Touched.Select(r => r.ToRecord(conversation.Id, now)), .. children.Children.Select(r => r.ToRecord(null, now))],
            BookmarksAdded = [.. run.Touched.SelectMany(r => r.AddedBookmarks(load.Mailbox, IsLive(conversation, r), IsLive(Before, r))), .. children.Children.SelectMany(r => r.AddedBookmarks(r.Id))],
            BookmarksRemoved = [.. run.Touched.SelectMany(r => r.RemovedBookmarks(IsLive(conversation, r), IsLive(Before, r)))],
            NewRuns = children.GoOn,
            Enqueued = wishes.Events,
            TasksAdded = AddedTasks(),
            TasksEnded = EndedTasks(),
            Journal = [.. run.Touched.Concat(children.Children).SelectMany(r => r.Journal(tools.Ids, now))],
            IncidentsOpened = [.. incidentsOpened, .. children.Incidents(now)],
            IncidentsClosed = incidentsClosed,
            Pause = Paused,
            History = history,
            Hooks = tools.Hooks.Build(new HookSource(
                Before.Version == 0 ? null : Before.Tab, conversation, contact, history, messages.Added, messages.Changed, incidentsOpened, incidentsClosed, now)
            {
                Tasks = wishes.StillAsked(run.Touched.Concat(children.Children)),
            }),
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

    private static bool IsLive(Conversation c, RunWrite open) => IsLive(c) && c.FlowInstance == open.Id;
}
