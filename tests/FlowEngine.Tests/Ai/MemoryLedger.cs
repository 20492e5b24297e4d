using System.Collections.Concurrent;
using FlowEngine.Engine.Ai;

namespace FlowEngine.Tests.Ai;

internal sealed class MemoryLedger : IModelLedger
{
    public ConcurrentDictionary<Guid, ModelUse> Uses { get; } = new();

    public ValueTask<ModelSpending> Spent(Guid conversation, int episode, DateTimeOffset day, CancellationToken cancel)
    {
        var here = Uses.Values.Where(u => u.Conversation == conversation && u.Episode == episode).ToList();
        var today = Uses.Values.Where(u => u.At >= day).ToList();
        return ValueTask.FromResult(new ModelSpending(
            here.Count(u => u.Purpose == AiPurpose.Reply && u.Calls > 0), here.Sum(u => (long)u.InputTokens + u.OutputTokens),
            today.Sum(u => (long)u.InputTokens + u.OutputTokens), today.Sum(u => u.Cost)));
    }

    public ValueTask Record(ModelUse use, CancellationToken cancel)
    {
        Uses.TryAdd(use.Task, use);
        return ValueTask.CompletedTask;
    }
}
