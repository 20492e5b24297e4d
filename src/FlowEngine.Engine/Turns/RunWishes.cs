using FlowEngine.Engine.Hooks;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;
using FlowEngine.Workflows.Activities.Children;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Engine.Turns;

/// <summary>
/// What the bursts of one turn want of the world beyond their own mailbox, made into rows of the turn's commit: so it happens exactly when the
/// burst has happened.
/// </summary>
internal sealed class RunWishes(TurnTools tools, DateTimeOffset now)
{
    private readonly Signals signals = new(tools.Ids, tools.Flows, tools.Options);

    public List<NewEvent> Events { get; } = [];

    public List<ExternalTask> Tasks { get; } = [];

    /// <summary>Tasks for somebody outside, with the execution that waits for each.</summary>
    public List<(string Execution, HookTask Task)> Asked { get; } = [];

    /// <summary>Those that are still waited for at the end of the turn.</summary>
    public IReadOnlyList<HookTask> StillAsked(IEnumerable<RunWrite> touched) => Asked.Count == 0 ? [] :
        [.. Asked.Where(a => touched.Any(r => r.Id == a.Task.Instance && !r.IsOver && r.Instance.Bookmarks.Exists(b => b.ActivityInstanceId == a.Execution))).Select(a => a.Task)];

    /// <summary>The newest HTTP response that a burst has written.</summary>
    public RunResponse? Response { get; private set; }

    /// <param name="epoch">Of the conversation, under which tasks are asked; zero where there is none.</param>
    public void Take(Guid instance, Guid mailbox, long epoch, RunResult result)
    {
        foreach (var effect in result.Effects)
        {
            switch (effect)
            {
                case EventPublished published:
                    Events.AddRange(signals.Event(published.Name, Text(published.Payload), published.CorrelationId, now, published.IsLocal ? instance : null));
                    break;
                case WorkflowDispatched dispatched:
                    Events.Add(signals.Child(dispatched.Child));
                    break;
                case HttpRequested requested:
                    Tasks.Add(new ExternalTask(
                        tools.Ids.Next(), mailbox, instance, requested.BookmarkId, HttpJob.TaskKind, epoch, tools.Seal.Seal(HttpJob.Write(requested.Call)), now, now + tools.Options.HttpPatience));
                    break;
                case HttpResponded responded:
                    Response = new RunResponse(
                        responded.StatusCode, Text(responded.Content), responded.ContentType, responded.Headers?.ToDictionary(h => h.Key, h => h.Value as string ?? JsonText.Of(h.Value)), responded.File);
                    break;
                case TaskRequested asked:
                    // Its bookmark is the row that its completion finds it by; the webhook tells whoever does such tasks.
                    var waits = result.Instance.Bookmarks.Find(b => b.ActivityInstanceId == asked.ActivityInstanceId);
                    Asked.Add((asked.ActivityInstanceId, new HookTask(
                        instance, result.Instance.DefinitionId, result.Instance.CorrelationId, waits?.ActivityId ?? "", asked.TaskId, asked.Name, Text(asked.Payload))));
                    break;
            }
        }

        if (result.Instance.SubStatus == WorkflowSubStatus.Cancelled)
        {
            Events.AddRange(result.BookmarksRemoved.Select(ChildWorkflows.ChildOf).OfType<Guid>().Select(signals.CancelChild));
        }
    }

    /// <summary>
    /// An event came into the mailbox while the run waited for it, and an earlier one has used its bookmark up: it is kept for the next one, as if it
    /// had come too early.
    /// </summary>
    public void Keep(Guid entry, StimulusEvent stimulus, Guid instance)
    {
        if (Signals.IsNamedEvent(stimulus))
        {
            Events.Add(new NewEvent(tools.Ids.Next(), $"kept:{entry:N}", stimulus) { Signal = new SignalTarget(stimulus.Hash, Instance: instance, KeepUntil: now + tools.Options.KeepSignals) });
        }
    }

    /// <summary>The run that waits for this one is told how it ended.</summary>
    public void TellParent(Guid child, Dictionary<string, object?> completion) => Events.AddRange(signals.ChildEnded(child, completion));

    private static string? Text(object? value) => value is null ? null : JsonText.Of(value);
}
