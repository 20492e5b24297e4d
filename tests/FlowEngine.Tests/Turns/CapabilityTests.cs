using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Outbox;

namespace FlowEngine.Tests.Turns;

/// <summary>What the engine does differently where the way to the lead can do something else.</summary>
public sealed class CapabilityTests
{
    [Theory]
    [InlineData("whatsapp", CommandStatus.Refused)]
    [InlineData("webchat", CommandStatus.Done)]
    public async Task A_person_may_write_after_days_where_there_is_no_window(string kind, CommandStatus expected)
    {
        var engine = TestEngine.OfKind(kind);
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        engine.Clock.Advance(TimeSpan.FromDays(3));

        var outcome = await engine.Do(id, new Reply("c1", MessageContent.OfText("Perdona")), TestEngine.Ana);

        outcome.Status.Should().Be(expected);
        engine.Sent.Should().HaveCount(expected == CommandStatus.Done ? 1 : 0);
    }

    [Theory]
    [InlineData("whatsapp", CommandStatus.Done)]
    [InlineData("webchat", CommandStatus.Done)]
    [InlineData("api", CommandStatus.Refused)]
    public async Task A_file_goes_only_where_files_are_carried(string kind, CommandStatus expected)
    {
        var engine = TestEngine.OfKind(kind);
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();

        var outcome = await engine.Do(id, new Reply("c1", new MessageContent { Kind = "image", Media = new MediaRef(null, "image/png", "a.png", "hash") }), TestEngine.Ana);

        outcome.Status.Should().Be(expected);
        engine.Sent.Should().HaveCount(expected == CommandStatus.Done ? 1 : 0);
    }

    [Theory]
    [InlineData("whatsapp", Tab.Error, 1)]
    [InlineData("webchat", Tab.Automated, 2)]
    public async Task A_send_that_was_cut_off_is_made_again_where_twice_is_once(string kind, Tab tab, int calls)
    {
        var engine = TestEngine.OfKind(kind, TestFlows.NameThenHandOff);
        var id = await engine.LeadWrites("Hola");
        await engine.Turn();
        engine.Channel.AnswerNext(SendResult.Unknown(SendErrors.NeverConfirmed));
        await engine.CallProvider();
        await engine.Crash();

        engine.Clock.Advance(TimeSpan.FromHours(1));
        await engine.Settle();

        engine.Channel.Calls.Should().HaveCount(calls);
        (await engine.Conversation(id)).Tab.Should().Be(tab);
    }
}
