using FlowEngine.Conversations;
using FlowEngine.Engine.Live;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Tests.Turns;

namespace FlowEngine.Tests.InboxScreens;

public sealed class TicksTests
{
    [Theory]
    [InlineData("delivered")]
    [InlineData("read")]
    public async Task A_delivery_report_reaches_the_desks_although_it_changes_only_a_message(string status)
    {
        var engine = new TestEngine();
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        var reply = (await engine.Do(id, new Reply("c1", MessageContent.OfText("Buenas")), TestEngine.Ana)).MessageId!.Value;
        var told = new List<ConversationChanged>();
        using var desk = engine.Live.Subscribe(told.Add);

        var report = new StatusUpdate("p1", status, engine.Clock.GetUtcNow(), reply);
        await engine.Append(new NewEvent(engine.Ids.Next(), $"main:p1:{status}", report) { Reference = new MessageReference("main", null, reply) });
        await engine.Settle();

        told.Should().ContainSingle().Which.NewForPeople.Should().BeFalse("ticks make no sound");
    }
}
