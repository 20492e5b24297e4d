using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Timers;
using FlowEngine.Tests.Stores;
using FlowEngine.Tests.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowEngine.Tests.Timers;

/// <summary>A flow's timer fires from its table: no job system knows of it.</summary>
public sealed class DueLoopTests
{
    private const int Many = 300;

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Hundreds_of_timers_of_one_instant_fire_once_each_in_the_moment_in_which_they_are_due()
    {
        await using var file = await SqliteFile.Create();
        var engine = new TestEngine(file.Store, TestFlows.AskWithTimeout);
        var asked = await Ask(engine, Many);
        using var drain = new Drain(engine.Runner, engine.Sender, engine.Options, engine.Clock, NullLogger<Drain>.Instance);
        using var signal = new DueSignal();
        var loop = new DueLoop(engine.Store, drain, signal, engine.Options, engine.Clock, NullLogger<DueLoop>.Instance);

        engine.Clock.SetUtcNow(TestEngine.Start + Timeout - TimeSpan.FromMilliseconds(300));
        var pause = await loop.Look(default);
        pause.Should().Be(TimeSpan.FromMilliseconds(300), "the loop sleeps exactly until the next timer");
        await Quiet(drain);
        engine.Sent.Count(t => t == "Hasta luego").Should().Be(0);

        engine.Clock.Advance(pause);
        for (var look = 0; look < 4; look++)
        {
            await loop.Look(default);
            await Quiet(drain);
        }

        engine.Sent.Count(t => t == "Hasta luego").Should().Be(Many);
        foreach (var conversation in asked)
        {
            (await engine.Conversation(conversation)).Lifecycle.Should().Be(Lifecycle.Finished);
        }
    }

    [Fact]
    public async Task The_loop_never_sleeps_longer_than_a_second()
    {
        await using var file = await SqliteFile.Create();
        var engine = new TestEngine(file.Store, TestFlows.AskWithTimeout);
        using var drain = new Drain(engine.Runner, engine.Sender, engine.Options, engine.Clock, NullLogger<Drain>.Instance);
        using var signal = new DueSignal();
        var loop = new DueLoop(engine.Store, drain, signal, engine.Options, engine.Clock, NullLogger<DueLoop>.Instance);

        (await loop.Look(default)).Should().Be(TimeSpan.FromSeconds(1));
        await Ask(engine, 1);
        (await loop.Look(default)).Should().Be(TimeSpan.FromSeconds(1), "its timer is ten minutes away");
    }

    [Fact]
    public async Task A_timer_that_came_due_while_nothing_ran_fires_once_after_the_start()
    {
        await using var file = await SqliteFile.Create();
        var engine = new TestEngine(file.Store, TestFlows.AskWithTimeout);
        await Ask(engine, 1);
        engine.Clock.Advance(TimeSpan.FromHours(3));

        await engine.Settle();
        await engine.Settle();

        engine.Sent.Should().Equal("¿Tu nombre?", "Hasta luego");
    }

    [Fact]
    public async Task An_answer_of_the_same_moment_comes_before_the_timeout()
    {
        await using var file = await SqliteFile.Create();
        var engine = new TestEngine(file.Store, TestFlows.AskWithTimeout);
        await Ask(engine, 1);
        engine.Clock.Advance(Timeout);
        await engine.LeadWrites("Marta", Phone(0));

        await engine.Settle();

        engine.Sent.Should().Equal("¿Tu nombre?", "Gracias", "Hasta luego");
    }

    private static async Task<List<Guid>> Ask(TestEngine engine, int leads)
    {
        var asked = new List<Guid>();
        for (var lead = 0; lead < leads; lead++)
        {
            asked.Add(await engine.LeadWrites("Hola", Phone(lead)));
        }

        await engine.Settle();
        return asked;
    }

    private static string Phone(int lead) => $"34600{lead:D6}";

    private static async Task Quiet(Drain drain)
    {
        while (drain.Active > 0)
        {
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
