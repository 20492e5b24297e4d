using FlowEngine.Engine.Ai;

namespace FlowEngine.Server.Ai;

/// <summary>A company without articles.</summary>
public sealed class NoKnowledge : IKnowledge
{
    public ValueTask<IReadOnlyList<Passage>> Find(string question, string? language, int limit, CancellationToken cancel) => ValueTask.FromResult<IReadOnlyList<Passage>>([]);
}
