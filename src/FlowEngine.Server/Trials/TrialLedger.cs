using FlowEngine.Engine.Ai;

namespace FlowEngine.Server.Trials;

/// <summary>
/// What models cost in one trial. The bounds of a conversation count here alone; what a model was really paid is noted for the day's budget too, at the
/// time that it really was.
/// </summary>
internal sealed class TrialLedger(IModelLedger real, TimeProvider clock) : IModelLedger
{
    private readonly List<ModelUse> uses = [];

    public async ValueTask<ModelSpending> Spent(Guid conversation, int episode, DateTimeOffset day, CancellationToken cancel)
    {
        var today = await real.Spent(conversation, episode, new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero), cancel);
        var here = uses.Where(u => u.Episode == episode).ToList();
        return today with { Replies = here.Count(u => u is { Purpose: AiPurpose.Reply, Calls: > 0 }), Tokens = here.Sum(Tokens) };
    }

    public async ValueTask Record(ModelUse use, CancellationToken cancel)
    {
        uses.Add(use);
        if (Tokens(use) > 0)
        {
            await real.Record(use with { At = clock.GetUtcNow() }, cancel);
        }
    }

    private static long Tokens(ModelUse use) => (long)use.InputTokens + use.OutputTokens;
}
