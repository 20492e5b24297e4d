using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Tests.Stores;

namespace FlowEngine.Tests.Turns;

/// <summary>What a lead's turn costs the disk: event, turn, settle (architecture section 2, decision 11).</summary>
public sealed class CommitCountTests
{
    [Fact]
    public async Task A_lead_turn_waits_for_the_disk_three_times_at_most()
    {
        await using var file = await SqliteFile.Create();
        var engine = new TestEngine(file.Store, TestFlows.AskWithTimeout);
        var before = file.Store.Commits;

        var id = await engine.LeadWrites("Hola");
        await engine.Settle();

        engine.Sent.Should().Equal("¿Tu nombre?");
        (await engine.Conversation(id)).Tab.Should().Be(Tab.Automated);
        (file.Store.Commits - before).Should().BeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task A_command_that_somebody_waits_for_waits_for_the_disk_once_with_its_turn()
    {
        await using var file = await SqliteFile.Create();
        var engine = new TestEngine(file.Store, TestFlows.AskWithTimeout);
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        var before = file.Store.Commits;

        await file.Store.AppendAhead([new NewEvent(engine.Ids.Next(), "claim", new CommandEvent(new Claim(), Actor.Agent(TestEngine.Ana, "Ana", Role.Supervisor))) { ConversationId = id }], engine.Clock.GetUtcNow(), default);
        await engine.Runner.Run(id, [], default);

        (await engine.Conversation(id)).Owner.Kind.Should().Be(OwnerKind.Agent);
        (file.Store.Commits - before).Should().Be(1);
    }
}
