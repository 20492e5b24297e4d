using System.Text.Json.Nodes;
using FlowEngine.Engine.Hooks;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Timers;
using FlowEngine.Engine.Turns;
using FlowEngine.Tests.Stores;
using FlowEngine.Tests.Turns;
using FlowEngine.Workflows.Instances;
using Microsoft.Extensions.Logging.Abstractions;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Mailbox;

/// <summary>Events of runs that come from outside of a turn: together with their turn where the run is free, else in their order.</summary>
public sealed class RunsTests : IDisposable
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);
    private readonly RunWaiters waiters = new();
    private readonly List<Drain> drains = [];

    public void Dispose() => drains.ForEach(d => d.Dispose());

    [Fact]
    public async Task A_run_begins_and_goes_on_with_one_wait_for_the_disk_each()
    {
        await using var file = await SqliteFile.Create();
        var engine = new TestEngine(file.Store, Waits);
        var runs = Open(engine);
        var before = file.Store.Commits;

        var (run, begun) = await runs.Start(new RunStarted("waits", CorrelationId: "k1"), null, default);
        (await runs.Publish("go", null, "k1", default)).Should().Be(1);

        begun!.SubStatus.Should().Be(WorkflowSubStatus.Suspended);
        (await file.Store.FindInstance(run, default))!.SubStatus.Should().Be((int)WorkflowSubStatus.Finished);
        (file.Store.Commits - before).Should().Be(2);
        (await file.Store.FindDue(engine.Clock.GetUtcNow(), 10, default)).Should().BeEmpty();
    }

    [Fact]
    public async Task The_same_key_begins_one_run_and_both_callers_hear_of_it()
    {
        var engine = new TestEngine(definitions: Waits);
        var runs = Open(engine);

        var first = await runs.Start(new RunStarted("waits"), "key", default);
        var second = await runs.Start(new RunStarted("waits"), "key", default);

        second.Run.Should().Be(first.Run);
        second.Outcome.Should().BeEquivalentTo(first.Outcome).And.NotBeNull();
        ((MemoryTurnStore)engine.Store).Runs().Should().Equal(first.Run);
    }

    [Fact]
    public async Task What_waits_in_the_mailbox_already_goes_first()
    {
        var engine = new TestEngine(definitions: TwoSteps);
        var runs = Open(engine);
        var (run, _) = await runs.Start(new RunStarted("steps"), null, default);
        await engine.Store.Append(engine.Signals.Event("go", "\"first\"", null, engine.Clock.GetUtcNow()), engine.Clock.GetUtcNow(), default);

        (await runs.Publish("go", "\"second\"", null, default)).Should().Be(1);

        await Until(async () => (await engine.Store.FindInstance(run, default))!.SubStatus == (int)WorkflowSubStatus.Finished);
        ((MemoryTurnStore)engine.Store).Journal(run).SelectMany(Lines).Should().Equal("first", "second");
    }

    [Fact]
    public async Task Who_waits_too_long_hears_that_it_is_under_way_and_the_event_is_stored()
    {
        var engine = new TestEngine(definitions: Waits);
        var runs = Open(engine, parallel: 0);

        var asked = runs.Start(new RunStarted("waits"), null, default).AsTask();
        while (!asked.IsCompleted)
        {
            engine.Clock.Advance(Wait);
            await Task.Yield();
        }

        var (run, outcome) = await asked;
        outcome.Should().BeNull();
        (await engine.Store.LoadRun(run, engine.Clock.GetUtcNow(), default))!.Events.Should().ContainSingle();
        await engine.Settle();
        (await engine.Store.FindInstance(run, default))!.SubStatus.Should().Be((int)WorkflowSubStatus.Suspended);
    }

    [Fact]
    public async Task A_node_that_leaves_stores_what_comes_and_turns_nothing()
    {
        var engine = new TestEngine(definitions: Waits);
        var runs = Open(engine);
        var (run, _) = await runs.Start(new RunStarted("waits"), null, default);
        await drains[0].Stop();

        (await runs.Publish("go", null, null, default)).Should().Be(1);

        (await engine.Store.LoadRun(run, engine.Clock.GetUtcNow(), default))!.Events.Should().ContainSingle();
    }

    private static string Waits => Flow("waits", Sequence("s", Event("e", "go"), Line("gone on")));

    private static string TwoSteps => Flow("steps", Sequence("s", Event("e1", "go"), ScriptLine("l1", "getLastResult()"), Event("e2", "go"), ScriptLine("l2", "getLastResult()")));

    private static string Flow(string id, JsonObject root) =>
        new JsonObject { ["id"] = $"{id}-v1", ["definitionId"] = id, ["version"] = 1, ["root"] = root }.ToJsonString();

    private static IEnumerable<string> Lines(JournalBurst burst)
    {
        var json = JsonNode.Parse(burst.Json)!;
        return json["console"] is JsonArray lines ? lines.Select(l => l!.GetValue<string>()) : [];
    }

    /// <summary>Turns run on other threads; each has ended by itself soon.</summary>
    private static async Task Until(Func<Task<bool>> isTrue)
    {
        while (!await isTrue())
        {
            await Task.Yield();
        }
    }

    private Runs Open(TestEngine engine, int? parallel = null)
    {
        var options = engine.Options with { CommandWait = Wait, ParallelTurns = parallel ?? engine.Options.ParallelTurns };
        var announcer = new Announcer(engine.Live, new CommandWaiters(), waiters, new DueSignal(), new HookSignal(), engine.Running, engine.Others);
        var runner = new TurnRunner(engine.Store, engine.Tools, announcer, engine.Clock, NullLogger<TurnRunner>.Instance);
        var drain = new Drain(runner, engine.Sender, options, engine.Clock, NullLogger<Drain>.Instance);
        drains.Add(drain);
        return new Runs(engine.Store, new Intake(engine.Store, drain, new DueSignal(), engine.Clock), drain, engine.Signals, waiters, options, engine.Clock, engine.Ids);
    }
}
