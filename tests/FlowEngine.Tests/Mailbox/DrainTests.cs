using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Tests.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowEngine.Tests.Mailbox;

/// <summary>How a node stops turning.</summary>
public sealed class DrainTests : IDisposable
{
    private readonly TestEngine engine = new(definitions: TestFlows.ThreeBubbles);
    private readonly Drain drain;

    public DrainTests() => drain = new Drain(engine.Runner, engine.Sender, engine.Options, engine.Clock, NullLogger<Drain>.Instance);

    public void Dispose() => drain.Dispose();

    [Fact]
    public async Task A_node_that_leaves_ends_the_send_under_way_and_leaves_the_next_message_to_others()
    {
        var answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Channel.Answers = answers.Task;
        var id = await engine.LeadWrites("Hola");
        drain.Wake(id);
        await engine.Channel.Called.Task;

        var quiet = drain.Stop();
        quiet.IsCompleted.Should().BeFalse("the provider has not answered yet");
        answers.SetResult();
        await quiet;

        var bubbles = (await engine.Look(id)).Outgoing;
        engine.Sent.Should().HaveCount(1);
        bubbles.Should().HaveCount(3).And.OnlyContain(m => m.State == MessageState.Queued, "what the provider had accepted is known, and nothing else was released");
        (await engine.Store.FindDue(engine.Clock.GetUtcNow(), 10, default)).Should().Equal([id], "whoever looks next finds it at once");
        await engine.Settle();
        engine.Sent.Should().HaveCount(4).And.OnlyHaveUniqueItems("another node goes on where this one left off");
    }

    [Fact]
    public async Task A_node_that_has_stopped_turns_nothing_more()
    {
        await drain.Stop();
        var id = await engine.LeadWrites("Hola");
        drain.Wake(id);

        drain.Active.Should().Be(0);
        (await engine.Look(id)).Events.Should().HaveCount(1, "it waits for another node or the next start");
    }
}
