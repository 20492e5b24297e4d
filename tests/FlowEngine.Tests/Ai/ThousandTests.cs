using System.Diagnostics;
using FlowEngine.Conversations;
using FlowEngine.Engine.Ai;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;
using FlowEngine.Engine.Timers;
using FlowEngine.Engine.Turns;
using FlowEngine.Engine;
using FlowEngine.Server.Ai;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Postgres;
using FlowEngine.Server.Persistence.Sqlite;
using FlowEngine.Tests.Stores;
using FlowEngine.Tests.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace FlowEngine.Tests.Ai;

/// <summary>Many conversations wait for a model at once: on the real database, over real HTTP, with turns that run by themselves.</summary>
public abstract class ThousandOn(DatabaseKind kind, ITestOutputHelper console)
{
    [SkippableFact]
    public Task A_hundred_waiting_answers_hold_no_turn_and_no_connection() => Waiting(100);

    [SkippableFact]
    [Trait("Category", "Long")]
    public Task A_thousand_waiting_answers_hold_no_turn_and_no_connection() => Waiting(1_000);

    private async Task Waiting(int leads)
    {
        await using var stub = await ModelStub.Start();
        await using var database = await TestDatabase.Create(kind);
        await using var opened = await database.Open();
        var store = opened.Get<ITurnStore>();
        using var model = new SemanticKernelModel(new ModelEndpoint { Endpoint = stub.Endpoint, Model = "stub" });
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stub.Otherwise = Answers.Waits(gate.Task, Answers.Calls("answer", new { text = "De 9 a 20 h.", sources = new[] { 1 } }));
        var engine = new TestEngine(store, AiBench.ReplyFlow());
        using var drain = new Drain(engine.Runner, engine.Sender, engine.Options, engine.Clock, NullLogger<Drain>.Instance);
        var intake = new Intake(store, drain, new DueSignal(), engine.Clock);
        var work = new ModelWork(
            store, new ScriptedKnowledge(ScriptedKnowledge.Hours), model, new ModelLedger(opened.Get<IDbContextFactory<FlowEngineContext>>()), new AiOptions(), engine.Clock, NullLogger<ModelWork>.Instance);
        var loop = new TaskLoop(store, intake, [work], engine.Running, new TaskOptions { Parallel = leads }, NodeId.New("test", engine.Ids), engine.Ids, engine.Clock, NullLogger<TaskLoop>.Instance);
        using var stop = new CancellationTokenSource();
        var running = loop.Run(stop.Token);
        var watch = Stopwatch.StartNew();

        for (var i = 0; i < leads; i++)
        {
            await intake.Accept([Lead(engine, i)], default);
        }

        await Until(() => stub.Active == leads, "all requests to stand at the endpoint");
        await Until(() => drain.Active == 0, "the turns to end");
        console.WriteLine($"{leads} requests under way after {watch.ElapsedMilliseconds} ms: {drain.Active} turns, {loop.Count} tasks");
        drain.Active.Should().Be(0, "no turn waits for a model");
        await Until(async () => await InUse(opened) == 0, "no connection to be in use");
        engine.Sent.Should().BeEmpty();

        // And the rest of the world goes on: another lead's event is stored and turned while all of them wait.
        await intake.Accept([Lead(engine, leads)], default);
        await Until(() => drain.Active == 0, "one more turn");

        watch.Restart();
        gate.SetResult();
        await Until(() => engine.Sent.Count >= leads && drain.Active == 0, "all answers");
        console.WriteLine($"all answered {watch.ElapsedMilliseconds} ms after the endpoint spoke");
        stop.Cancel();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
        engine.Sent.Take(leads).Should().OnlyContain(text => text == "De 9 a 20 h.");
    }

    /// <summary>Connections of turns and tasks that are at work, or inside a transaction.</summary>
    protected abstract Task<int> InUse(OpenDatabase database);

    private static Task Until(Func<bool> holds, string what) => Until(() => Task.FromResult(holds()), what);

    private static async Task Until(Func<Task<bool>> holds, string what)
    {
        var end = Stopwatch.GetTimestamp() + (180 * Stopwatch.Frequency);
        while (!await holds())
        {
            (Stopwatch.GetTimestamp() < end).Should().BeTrue($"waited in vain for {what}");
            await Task.Delay(10);
        }
    }

    private static NewEvent Lead(TestEngine engine, int lead) => new(
        engine.Ids.Next(), $"main:thousand.{lead}:message", new LeadMessage($"thousand.{lead}", engine.Clock.GetUtcNow(), MessageContent.OfText("¿A qué hora abrís?"), "Lead"))
    {
        Address = TestEngine.From($"3460001{lead:D4}"),
    };
}

public sealed class ThousandTests(ITestOutputHelper console) : ThousandOn(DatabaseKind.Sqlite, console)
{
    protected override Task<int> InUse(OpenDatabase database) => Task.FromResult(database.Get<SqliteTurnStore>().Reading);
}

[Trait("Category", "Postgres")]
public sealed class PostgresThousandTests(ITestOutputHelper console) : ThousandOn(DatabaseKind.Postgres, console)
{
    protected override async Task<int> InUse(OpenDatabase database)
    {
        await using var count = database.Get<PostgresSources>().Screens.CreateCommand(
            "SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'");
        return (int)(await count.ExecuteScalarAsync())!;
    }
}
