using FlowEngine.Engine.Flows;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Workflows.Activities.Children;
using FlowEngine.Workflows.Activities.Http;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Engine.Turns;

/// <summary>What happens outside of a run and concerns runs, as events for their mailboxes. It only makes them; a store appends them.</summary>
public sealed class Signals(Ids ids, FlowLibrary flows, TurnOptions options)
{
    /// <summary>Name of the activity, and of the bookmarks, that wait for a named event.</summary>
    public const string EventName = "Elsa.Event";

    /// <summary>Name of the bookmarks that wait for a task to be reported as completed.</summary>
    public const string TaskName = "Elsa.RunTask";

    /// <summary>A named event: one new run for each trigger of a published flow, and a signal for all that wait for it or will soon.</summary>
    /// <param name="correlationId">Only runs with this one, which new runs get too; null is for all.</param>
    /// <param name="only">The run that alone may hear it; then nothing starts.</param>
    public IReadOnlyList<NewEvent> Event(string name, string? payloadJson, string? correlationId, DateTimeOffset now, Guid? only = null)
    {
        var id = ids.Next();
        var starts =
            from graph in flows.Published.Values
            from trigger in graph.Triggers
            where only is null && trigger.TypeName == EventName && trigger.Inputs.GetValueOrDefault("EventName") is string own && own == name
            select Start(new RunStarted(graph.DefinitionId, graph.VersionId, trigger.ActivityId, payloadJson, CorrelationId: correlationId), $"event:{id:N}:{graph.VersionId}:{trigger.ActivityId}");
        var hash = HashOf(name);
        return
        [
            .. starts,
            new NewEvent(id, $"event:{id:N}", new StimulusEvent(name, hash, payloadJson)) { Signal = new SignalTarget(hash, correlationId, only, now + options.KeepSignals) },
        ];
    }

    public static bool IsNamedEvent(StimulusEvent stimulus) => stimulus.Hash == HashOf(stimulus.Name);

    /// <param name="key">The same key twice is one run; null makes it of the run's own id.</param>
    public NewEvent Start(RunStarted started, string? key = null, Guid? run = null)
    {
        var id = run ?? ids.NextRun();
        return new NewEvent(ids.Next(), key ?? $"run:{id:N}", started) { NewRun = id };
    }

    public NewEvent Child(ChildStart child) => Start(
        new RunStarted(child.DefinitionId, InputJson: JsonText.Of(child.Input), CorrelationId: child.CorrelationId, Parent: child.ParentInstanceId, Depth: child.Depth),
        run: child.InstanceId);

    /// <summary>A request for the runs that wait at an HTTP endpoint.</summary>
    /// <param name="path">As the flow wrote it, with its placeholders.</param>
    /// <param name="key">The same key twice is one request; null makes a new one.</param>
    public NewEvent Request(string path, string method, string inputJson, string? correlationId, Guid? instance, string? key)
    {
        var (id, hash) = (ids.Next(), BookmarkHash.Of(HttpEndpoint.TypeName, HttpEndpoint.Payload(path, method)));
        return new NewEvent(id, key ?? $"http:{id:N}", new StimulusEvent(HttpEndpoint.TypeName, hash, inputJson, AnswersHttp: true)) { Signal = new SignalTarget(hash, correlationId, instance) };
    }

    /// <summary>A task that a run had asked for is done.</summary>
    public NewEvent TaskDone(string taskId, string? resultJson)
    {
        var hash = BookmarkHash.Of(TaskName, new Dictionary<string, object?> { ["TaskId"] = taskId });
        return new NewEvent(ids.Next(), $"task:{taskId}", new StimulusEvent(TaskName, hash, resultJson)) { Signal = new SignalTarget(hash) };
    }

    /// <summary>Tells the run that waits for this child, if one does; its bookmark was stored before the child began.</summary>
    public IEnumerable<NewEvent> ChildEnded(Guid child, Dictionary<string, object?> completion) => ChildWorkflows.CompletionHashes(child).Select((hash, i) =>
        new NewEvent(ids.Next(), $"child:{child:N}:{i}", new StimulusEvent("Child ended", hash, JsonText.Of(completion))) { Signal = new SignalTarget(hash) });

    /// <summary>A run that was cancelled takes those with it that it waits for.</summary>
    public NewEvent CancelChild(Guid child) =>
        new(ids.Next(), $"cancel:{child:N}", new RunAltered(new CancelRun("The run that waits for it was cancelled."))) { ConversationId = child };

    private static string HashOf(string name) => BookmarkHash.Of(EventName, new Dictionary<string, object?> { ["EventName"] = name });
}
