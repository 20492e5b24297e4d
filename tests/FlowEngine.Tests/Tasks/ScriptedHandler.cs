using System.Collections.Concurrent;
using FlowEngine.Engine.Tasks;

namespace FlowEngine.Tests.Tasks;

/// <summary>Work that lasts until the test says what came of it.</summary>
internal sealed class ScriptedHandler : ITaskHandler
{
    private readonly ConcurrentDictionary<Guid, (TaskCompletionSource Begun, TaskCompletionSource<TaskResult> Ended)> work = new();

    public string Kind => "model";

    public async ValueTask<TaskResult> Work(TakenTask taken, CancellationToken cancel)
    {
        Of(taken.Task.Id).Begun.TrySetResult();
        return await Of(taken.Task.Id).Ended.Task.WaitAsync(cancel);
    }

    public TaskResult GiveUp(TakenTask taken, string why) => new($"\"{why}\"");

    public Task Begun(ExternalTask task) => Of(task.Id).Begun.Task;

    public void End(ExternalTask task, string json) => Of(task.Id).Ended.TrySetResult(new TaskResult(json));

    public void Throw(ExternalTask task) => Of(task.Id).Ended.TrySetException(new InvalidOperationException("defect"));

    private (TaskCompletionSource Begun, TaskCompletionSource<TaskResult> Ended) Of(Guid id) => work.GetOrAdd(
        id, _ => (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource<TaskResult>(TaskCreationOptions.RunContinuationsAsynchronously)));
}
