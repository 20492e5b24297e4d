using System.Diagnostics;
using FlowEngine.Conversations;
using FlowEngine.Engine.Ai;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;
using FlowEngine.Engine.Timers;
using FlowEngine.Engine;
using FlowEngine.Server.Ai;
using FlowEngine.Server.Persistence;
using FlowEngine.Tests.Stores;
using FlowEngine.Tests.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace FlowEngine.Tests.Ai;

/// <summary>Many conversations wait for a model at once: on the real database, over real HTTP, with turns that run by themselves.</summary>
public sealed class ThousandTests(ITestOutputHelper console)
{
    [Fact]
    public Task A_hundred_waiting_answers_hold_no_turn_and_no_connection() => Waiting(100);

    [Fact]
    [Trait("Category", "Long")]
    public Task A_thousand_waiting_answers_hold_no_turn_and_no_connection() => Waiting(1_000);

    private async Task Waiting(int leads)
    {
        await using var stub = await ModelStub.Start();
        await using var file = await SqliteFile.Create();
        using var model = new SemanticKernelModel(new ModelEndpoint { Endpoint = stub.Endpoint, Model = "stub" });
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stub.Otherwise = Answers.Waits(gate.Task, Answers.Calls("answer", new { text = "De 9 a 20 h.", sources = new[] { 1 } }));
        var engine = new TestEngine(file.Store, AiBench.ReplyFlow());
        using var drain = new Drain(engine.Runner, engine.Sender, engine.Options, engine.Clock, NullLogger<Drain>.Instance);
        var intake = new Intake(file.Store, drain, new DueSignal(), engine.Clock);
        var work = new ModelWork(
            file.Store, new ScriptedKnowledge(ScriptedKnowledge.Hours), model, new ModelLedger(file.Get<IDbContextFactory<FlowEngineContext>>()), new AiOptions(), engine.Clock, NullLogger<ModelWork>.Instance);
        var loop = new TaskLoop(file.Store, intake, [work], engine.Running, new TaskOptions { Parallel = leads }, NodeId.New("test", engine.Ids), engine.Ids, engine.Clock, NullLogger<TaskLoop>.Instance);
        using var stop = new CancellationTokenSource();
        var running = loop.Run(stop.Token);
        var watch = Stopwatch.StartNew();

        for (var i = 0; i < leads; i++)
        {
            await intake.Accept([Lead(engine, i)], default);
        }

        await Until(() => stub.Active == leads, "all requests to stand at the endpoint");
        await Until(() => drain.Active == 0, "the turns to end");
        console.WriteLine($"{leads} requests under way after {watch.ElapsedMilliseconds} ms: {drain.Active} turns, {file.Store.Reading} reading connections, {loop.Count} tasks");
        drain.Active.Should().Be(0, "no turn waits for a model");
        file.Store.Reading.Should().Be(0, "no connection waits for a model");
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

    private static async Task Until(Func<bool> holds, string what)
    {
        var end = Stopwatch.GetTimestamp() + (180 * Stopwatch.Frequency);
        while (!holds())
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
