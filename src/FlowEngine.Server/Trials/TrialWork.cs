using FlowEngine.Engine.Ai;
using FlowEngine.Engine.Tasks;
using FlowEngine.Server.Requests;

namespace FlowEngine.Server.Trials;

/// <summary>Work outside of one trial's turns: done, answered as who tries the flow wants it, or given up as when nobody can be reached.</summary>
internal sealed class TrialWork(IReadOnlyDictionary<string, ITaskHandler> handlers, ModelWork model, bool modelIsOutside, TaskSeal seal)
{
    private const string NobodyIsCalled = "This trial calls nobody outside.";

    private readonly List<TrialRequest> requests = [];

    /// <summary>What the flow has asked of other systems, oldest first.</summary>
    public IReadOnlyList<TrialRequest> Requests => [.. requests];

    /// <summary>What becomes of it; work that throws is given up, as the engine does with that of real flows.</summary>
    public async ValueTask<TaskResult> Do(TakenTask taken, TrialOutside outside, CancellationToken cancel)
    {
        try
        {
            return await Work(taken, outside, cancel);
        }
        catch (Exception defect) when (!cancel.IsCancellationRequested)
        {
            return GiveUp(taken, defect.GetType().Name);
        }
    }

    private async ValueTask<TaskResult> Work(TakenTask taken, TrialOutside outside, CancellationToken cancel)
    {
        switch (taken.Task.Kind)
        {
            case AiJob.TaskKind when outside.AskModel || !modelIsOutside:
                return await model.Work(taken, cancel);
            case HttpJob.TaskKind:
                var job = HttpJob.Read(seal.Open(taken.Task.Payload));
                requests.Add(new TrialRequest(job.Method, job.Url, outside.Requests == TrialRequests.Send));
                return outside.Requests switch
                {
                    TrialRequests.Send => await handlers[HttpJob.TaskKind].Work(taken, cancel),
                    TrialRequests.Answer => new TaskResult(FlowAnswer.MadeUp(outside.Status, outside.Body, job.AsFile)),
                    _ => GiveUp(taken, NobodyIsCalled),
                };
            default:
                return GiveUp(taken, NobodyIsCalled);
        }
    }

    private TaskResult GiveUp(TakenTask taken, string why) => handlers.TryGetValue(taken.Task.Kind, out var handler)
        ? handler.GiveUp(taken, why)
        : new TaskResult("");
}
