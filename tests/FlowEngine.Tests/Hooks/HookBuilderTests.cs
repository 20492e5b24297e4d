using System.Collections.Immutable;
using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Hooks;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Tests.Hooks;

public sealed class HookBuilderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid Flow = Guid.Parse("018f0000-0000-7000-8000-00000000000f");

    private static readonly Conversation Handed = new()
    {
        Id = Guid.Parse("018f0000-0000-7000-8000-000000000001"),
        Connection = "ventas",
        ContactId = Guid.Parse("018f0000-0000-7000-8000-000000000002"),
        Version = 7,
        Epoch = 3,
        Stage = Stage.Awaiting,
        Owner = Owner.Queue("sales", "Sales"),
        Department = "sales",
        Labels = ["vip"],
        Fields = ImmutableSortedDictionary<string, string>.Empty.Add("name", "Ana Muñoz").Add("budget", "1000"),
    };

    private static readonly Contact Ana = new(Handed.ContactId, "Ana", "+34600111222", "34600111222", null);

    [Fact]
    public void A_handoff_tells_conversation_contact_fields_and_why()
    {
        var deliveries = Build(["*"], Source(history: [HandedOff()]));

        var body = JsonDocument.Parse(deliveries.Single(d => d.Type == HookTypes.HandedOff).Body).RootElement;
        body.GetProperty("type").GetString().Should().Be("conversation.handedOff");
        body.GetProperty("at").GetDateTimeOffset().Should().Be(Now);
        var conversation = body.GetProperty("conversation");
        conversation.GetProperty("version").GetInt64().Should().Be(7);
        conversation.GetProperty("tab").GetString().Should().Be("waiting");
        conversation.GetProperty("owner").GetProperty("kind").GetString().Should().Be("queue");
        conversation.GetProperty("department").GetString().Should().Be("sales");
        conversation.GetProperty("labels")[0].GetString().Should().Be("vip");
        conversation.GetProperty("fields").GetProperty("name").GetString().Should().Be("Ana Muñoz");
        conversation.GetProperty("contact").GetProperty("waId").GetString().Should().Be("34600111222");
        body.GetProperty("data").GetProperty("reason").GetString().Should().Be("wants a price");
        body.GetProperty("data").GetProperty("from").GetProperty("kind").GetString().Should().Be("flow");
    }

    [Fact]
    public void A_delivery_is_named_by_the_id_in_its_body()
    {
        var delivery = Build(["*"], Source(history: [HandedOff()]))[0];
        JsonDocument.Parse(delivery.Body).RootElement.GetProperty("id").GetGuid().Should().Be(delivery.Id);
    }

    [Fact]
    public void The_tab_is_told_once_a_turn_however_often_it_changed()
    {
        Build(["conversation.tabChanged"], Source(Tab.Automated, [HandedOff(), HandedOff()])).Should().ContainSingle();
        Build(["conversation.tabChanged"], Source(Tab.Waiting, [HandedOff()])).Should().BeEmpty();
        Build(["conversation.tabChanged"], Source(null, [HandedOff()])).Should().BeEmpty();
    }

    [Fact]
    public void Each_webhook_gets_only_what_it_wants()
    {
        var settings = new HookSettings([Endpoint("incident.opened"), Endpoint("conversation.handedOff")]);

        var deliveries = new HookBuilder(settings, Ids.Seeded(TimeProvider.System, 1)).Build(Source(history: [HandedOff()]));

        deliveries.Should().ContainSingle().Which.Hook.Should().Be(1);
    }

    [Theory]
    [InlineData(MessageState.Accepted, true, "message.sent")]
    [InlineData(MessageState.Delivered, true, "message.sent")]
    [InlineData(MessageState.Delivered, false, null)]
    [InlineData(MessageState.Failed, true, "message.failed")]
    [InlineData(MessageState.Queued, true, null)]
    [InlineData(MessageState.Stopped, true, null)]
    public void A_message_is_told_in_the_turn_that_settles_it(MessageState state, bool settledNow, string? type)
    {
        var message = Message(MessageDirection.Out, state) with { SettledAt = settledNow ? Now : Now.AddMinutes(-1) };

        var deliveries = Build(["*"], Source(Tab.Waiting, []) with { ChangedMessages = [message] });

        deliveries.Select(d => d.Type).Should().Equal(type is null ? [] : [type]);
    }

    [Fact]
    public void The_leads_message_comes_before_what_it_caused()
    {
        var source = Source(Tab.Automated, [HandedOff()]) with { NewMessages = [Message(MessageDirection.In, MessageState.Received), Message(MessageDirection.Out, MessageState.Queued)] };

        Build(["*"], source).Select(d => d.Type).Should().Equal(HookTypes.Received, HookTypes.HandedOff, HookTypes.TabChanged);
    }

    [Fact]
    public void Notes_are_nobodys_business_outside() =>
        Build(["*"], Source(Tab.Waiting, []) with { NewMessages = [Message(MessageDirection.Note, MessageState.Received)] }).Should().BeEmpty();

    [Fact]
    public void Incidents_are_told_when_they_open_and_when_they_close()
    {
        var opened = new IncidentRecord(Flow, Handed.Id, null, "send", null, null, "Send", "window_closed", "131047", "closed", null, true, Now);
        var source = Source(Tab.Waiting, []) with { IncidentsOpened = [opened], IncidentsClosed = [new IncidentClosed(Flow, Now, "Bea", "dismissed")] };

        Build(["*"], source).Select(d => d.Type).Should().Equal(HookTypes.IncidentOpened, HookTypes.IncidentResolved);
    }

    [Fact]
    public void Without_webhooks_a_turn_pays_nothing()
    {
        var builder = new HookBuilder(HookSettings.None, Ids.Seeded(TimeProvider.System, 1));
        var source = Source(Tab.Automated, [HandedOff()]);
        builder.Build(source);
        var before = GC.GetAllocatedBytesForCurrentThread();

        builder.Build(source);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    private static IReadOnlyList<HookDelivery> Build(string[] events, HookSource source) =>
        new HookBuilder(new HookSettings([Endpoint(events)]), Ids.Seeded(TimeProvider.System, 1)).Build(source);

    private static HookEndpoint Endpoint(params string[] events) =>
        new(new Uri("https://crm.example/hook"), events is ["*"] ? new HashSet<string>() : events.ToHashSet(), "secret");

    private static HookSource Source(Tab? before = Tab.Automated, IReadOnlyList<HistoryEntry>? history = null) =>
        new(before, Handed, Ana, history ?? [], [], [], [], [], Now);

    private static HistoryEntry HandedOff() => new(
        "handedOff", Now, Actor.Flow(Flow, "Qualify"), Owner.Flow(Flow, "Qualify"), Handed.Owner, Tab.Automated, Tab.Waiting, 3, "handoff",
        new Dictionary<string, string> { ["reason"] = "wants a price", ["from"] = "must not replace the owner" });

    private static Message Message(MessageDirection direction, MessageState state) =>
        new() { Id = Flow, ConversationId = Handed.Id, Direction = direction, State = state, Content = MessageContent.OfText("Hola"), At = Now };
}
