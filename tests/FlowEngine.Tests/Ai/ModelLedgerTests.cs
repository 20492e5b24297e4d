using FlowEngine.Engine.Ai;
using FlowEngine.Server.Ai;
using FlowEngine.Server.Persistence;
using FlowEngine.Tests.Stores;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Tests.Ai;

public sealed class ModelLedgerTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_was_spent_is_counted_by_conversation_episode_and_day_and_a_task_once()
    {
        await using var file = await SqliteFile.Create();
        var ledger = new ModelLedger(file.Get<IDbContextFactory<FlowEngineContext>>());
        var (here, other) = (Guid.Parse("00000000-0000-7000-8000-000000000001"), Guid.Parse("00000000-0000-7000-8000-000000000002"));
        (await ledger.Spent(here, 1, Day, default)).Should().Be(new ModelSpending(0, 0, 0, 0));

        var first = Use(1, here, 1, AiPurpose.Reply, Day.AddHours(9));
        await ledger.Record(first, default);
        await ledger.Record(first, default);
        await ledger.Record(Use(2, here, 1, AiPurpose.Classify, Day.AddHours(10)), default);
        await ledger.Record(Use(3, here, 2, AiPurpose.Reply, Day.AddHours(11)), default);
        await ledger.Record(Use(4, other, 1, AiPurpose.Reply, Day.AddHours(-1)), default);
        await ledger.Record(Use(5, here, 1, AiPurpose.Reply, Day.AddHours(12)) with { Calls = 0, InputTokens = 0, OutputTokens = 0, Cost = 0 }, default);

        (await ledger.Spent(here, 1, Day, default)).Should().Be(new ModelSpending(1, 240, 360, 0.0036m));
    }

    private static ModelUse Use(int task, Guid conversation, int episode, AiPurpose purpose, DateTimeOffset at) =>
        new(Guid.Parse($"00000000-0000-7000-8000-0000000001{task:D2}"), conversation, episode, purpose, "stub", at, 1, 100, 20, 0.0012m, TimeSpan.FromMilliseconds(250), "Answer");
}
