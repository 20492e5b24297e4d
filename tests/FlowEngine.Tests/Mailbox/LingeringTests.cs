using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Tests.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowEngine.Tests.Mailbox;

/// <summary>What the provider accepted waits a moment for an event whose turn takes it along (decision 002).</summary>
public sealed class LingeringTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    private readonly TestEngine engine = new(definitions: TestFlows.Chain(
        "greeting", TestFlows.Trigger(), TestFlows.Node("hello", "SendMessage", ("text", "Hola")), TestFlows.Node("first", "MessageReceived"), TestFlows.Node("second", "MessageReceived")))
    {
        Options = TurnOptions.Default with { SettleLingers = Moment },
    };

    private readonly Moments moments;
    private readonly Drain drain;

    public LingeringTests()
    {
        moments = new Moments(engine.Clock);
        drain = new Drain(engine.Runner, engine.Sender, engine.Options, moments, NullLogger<Drain>.Instance);
    }

    public void Dispose() => drain.Dispose();

    [Fact]
    public async Task Without_another_event_it_is_settled_when_the_moment_is_over()
    {
        var id = await Greeted();
        (await engine.Look(id)).Outgoing.Single().State.Should().Be(MessageState.Calling, "the moment is not over");
        drain.Active.Should().BePositive("something is still owed");

        engine.Clock.Advance(Moment);
        await Quiet();
        (await engine.Look(id)).Outgoing.Should().BeEmpty();
    }

    [Fact]
    public async Task The_next_words_of_the_lead_take_it_along_in_their_own_turn()
    {
        var id = await Greeted();
        var before = (await engine.Look(id)).MailboxVersion;
        await engine.LeadWrites("Otra cosa");
        drain.Wake(id);
        await Quiet();

        var after = await engine.Look(id);
        after.Outgoing.Should().NotContain(m => m.State == MessageState.Calling);
        (after.MailboxVersion - before).Should().Be(1, "both were one turn");
    }

    [Fact]
    public async Task A_node_that_leaves_does_not_wait_for_the_moment_to_end()
    {
        var id = await Greeted();
        await drain.Stop();
        (await engine.Look(id)).Outgoing.Should().BeEmpty();
    }

    /// <summary>The one bubble of the greeting is accepted, and its result lingers.</summary>
    private async Task<Guid> Greeted()
    {
        var id = await engine.LeadWrites("Hola");
        drain.Wake(id);
        await moments.Began.Task.WaitAsync(TimeSpan.FromMinutes(2));
        return id;
    }

    private async Task Quiet()
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (drain.Active > 0)
        {
            bound.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>The engine's clock, which tells when a moment has begun.</summary>
    private sealed class Moments(TimeProvider clock) : TimeProvider
    {
        public TaskCompletionSource Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = clock.CreateTimer(callback, state, dueTime, period);
            Began.TrySetResult();
            return timer;
        }
    }
}
