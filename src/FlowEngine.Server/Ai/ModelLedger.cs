using FlowEngine.Engine.Ai;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Ai;

/// <summary>What models have cost, in the database.</summary>
public sealed class ModelLedger(IDbContextFactory<FlowEngineContext> contexts) : IModelLedger
{
    private const string Reply = "reply";

    public async ValueTask<ModelSpending> Spent(Guid conversation, int episode, DateTimeOffset day, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var here = await db.ModelUses.Where(u => u.ConversationId == conversation && u.Episode == episode)
            .GroupBy(u => 1)
            .Select(g => new { Replies = g.Count(u => u.Purpose == Reply && u.Calls > 0), Tokens = g.Sum(u => (long)u.InputTokens + u.OutputTokens) })
            .FirstOrDefaultAsync(cancel);
        var today = await db.ModelUses.Where(u => u.At >= day)
            .GroupBy(u => 1)
            .Select(g => new { Tokens = g.Sum(u => (long)u.InputTokens + u.OutputTokens), Cost = g.Sum(u => u.CostMicros) })
            .FirstOrDefaultAsync(cancel);
        return new ModelSpending(here?.Replies ?? 0, here?.Tokens ?? 0, today?.Tokens ?? 0, (today?.Cost ?? 0) / 1_000_000m);
    }

    public async ValueTask Record(ModelUse use, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.ModelUses.AnyAsync(u => u.Id == use.Task, cancel))
        {
            return;
        }

        db.ModelUses.Add(new StoredModelUse
        {
            Id = use.Task,
            ConversationId = use.Conversation,
            Episode = use.Episode,
            Purpose = use.Purpose == AiPurpose.Reply ? Reply : use.Purpose.ToString().ToLowerInvariant(),
            Model = use.Model,
            At = use.At,
            Calls = use.Calls,
            InputTokens = use.InputTokens,
            OutputTokens = use.OutputTokens,
            CostMicros = (long)(use.Cost * 1_000_000m),
            Milliseconds = (int)use.Took.TotalMilliseconds,
            Outcome = use.Outcome,
        });
        await db.SaveChangesAsync(cancel);
    }
}
