using FlowEngine.Conversations;
using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;

namespace FlowEngine.Engine.Turns;

public sealed partial class Turn
{
    private readonly List<TaskEnd> answered = [];

    /// <summary>Tasks that this turn's commit adds.</summary>
    public bool HasTasks => checkpoint is { TasksAdded.Count: > 0 };

    /// <summary>Tasks whose work is wanted no more.</summary>
    public IEnumerable<TaskEnd> Withdrawn => checkpoint?.TasksEnded.Where(e => !e.Stale) ?? [];

    private void Ask(TaskEffect effect, Guid instance) => wishes.Tasks.Add(new ExternalTask(
        tools.Ids.Next(), load.Mailbox, instance, effect.Bookmark, effect.Kind, conversation.Epoch, effect.Payload, now, effect.Deadline));

    /// <summary>
    /// The work has ended. Under the same epoch its run goes on with it; a late one resumes nothing (race R05), and what it would have said
    /// is offered to the person who took over (race R01).
    /// </summary>
    private void TaskEnded(TaskCompleted completed)
    {
        answered.Add(new TaskEnd(completed.Instance, completed.Bookmark, Stale: false));
        if (RunIsLive && conversation.FlowInstance == completed.Instance && conversation.Epoch == completed.Epoch
            && run.Open(completed.Instance) is { } open && open.Instance.Bookmarks.Find(b => b.Id == completed.Bookmark) is { } waiting)
        {
            Resume(open, waiting, ExternalTask.Input(waiting.Name, completed.Result), null);
        }
        else if (completed.Suggestion is { Length: > 0 } words && IsWithPeople)
        {
            messages.Add(Outgoing(MessageContent.OfText(words), AuthorKind.Ai, completed.Instance.ToString(), null) with
            {
                Direction = MessageDirection.Note,
                State = MessageState.Received,
                InstanceId = completed.Instance,
            });
        }
    }

    private bool IsWithPeople => conversation is { Lifecycle: Lifecycle.Active, Owner.Kind: OwnerKind.Agent or OwnerKind.Queue or OwnerKind.PersonOutside };

    /// <summary>Control has come back to a run whose task went with the old grant: it may ask anew, so that nobody waits for what will not come.</summary>
    private void TakeUpTasks()
    {
        if (load.Instance is not { } stored || !RunIsLive || conversation.FlowInstance != stored.Id || (IsLive(Before) && Before.Epoch == conversation.Epoch)
            || run.Open(stored.Id) is not { } open)
        {
            return;
        }

        foreach (var waiting in open.Instance.Bookmarks.Where(b => ExternalTask.IsFor(b.Name) && open.BookmarksBefore.ContainsKey(b.Id)).ToList())
        {
            Resume(open, waiting, ExternalTask.AskAgain, null);
        }
    }

    /// <summary>What was asked in this turn and is still waited for under the grant that it was asked under.</summary>
    private List<ExternalTask> AddedTasks() => wishes.Tasks.FindAll(task => children.Children.Any(c => Waits(c, task))
        || (RunIsLive && conversation.FlowInstance == task.Instance && conversation.Epoch == task.Epoch && run.Open(task.Instance) is { } open && Waits(open, task)));

    private static bool Waits(RunWrite open, ExternalTask task) => open.Id == task.Instance && !open.IsOver && open.Instance.Bookmarks.Exists(b => b.Id == task.Bookmark);

    /// <summary>Tasks that were waited for before this turn and are not any more, or not under the same grant.</summary>
    private List<TaskEnd> EndedTasks()
    {
        var kept = RunIsLive && Before.Epoch == conversation.Epoch;
        var dropped =
            from open in run.Touched
            from bookmark in kept ? open.DroppedTasks() : open.BookmarksBefore.Values.Where(b => ExternalTask.IsFor(b.Name))
            select new TaskEnd(open.Id, bookmark.Id, Stale: IsWithPeople);
        return [.. dropped.Where(d => !answered.Exists(a => a.Instance == d.Instance && a.Bookmark == d.Bookmark)), .. answered];
    }
}
