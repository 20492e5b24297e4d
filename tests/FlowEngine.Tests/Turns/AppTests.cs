using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Outbox;

namespace FlowEngine.Tests.Turns;

/// <summary>Conversations that an outside automation owns, through the engine, over the in-memory store.</summary>
public sealed class AppTests
{
    private static readonly Actor N8n = new(ActorKind.OtherApp, "n8n", "n8n");

    [Fact]
    public async Task A_new_lead_of_its_connection_is_its_own_from_the_first_message_and_no_flow_answers()
    {
        var engine = WithApp();
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();

        var taken = await engine.Conversation(id);
        (taken.Owner, taken.Tab).Should().Be((Owner.OtherApp("n8n", "n8n"), Tab.Automated));
        engine.Sent.Should().BeEmpty();

        var said = await engine.Do(id, Say("c1", taken.Epoch, "¿Qué buscas?"), N8n);
        said.Status.Should().Be(CommandStatus.Done);
        engine.Sent.Should().Equal("¿Qué buscas?");
        engine.Channel.Calls[0].Author.Should().Be(AuthorKind.OtherApp);
        (await engine.Conversation(id)).UnansweredSince.Should().BeNull();
    }

    [Fact]
    public async Task A_stale_epoch_is_refused_with_the_present_owner_and_nothing_leaves()
    {
        var engine = WithApp();
        var id = await Owned(engine);
        var held = (await engine.Conversation(id)).Epoch;
        await engine.Do(id, new Claim(), TestEngine.Ana);

        var late = await engine.Do(id, Say("c1", held, "Hola"), N8n);

        (late.Refusal!.Kind, late.Refusal.Code, late.Refusal.Owner.Name).Should().Be((RefusalKind.Conflict, "ownedByOther", "Ana"));
        engine.Sent.Should().BeEmpty();
    }

    [Fact]
    public async Task A_claim_stops_what_it_had_queued_and_names_what_is_on_its_way()
    {
        var engine = WithApp();
        var id = await Owned(engine);
        var epoch = (await engine.Conversation(id)).Epoch;
        await engine.Ask(id, Say("c1", epoch, "uno"), N8n);
        await engine.Ask(id, Say("c2", epoch, "dos"), N8n);
        await engine.Turn();

        var claim = await engine.Ask(id, new Claim(), TestEngine.Ana);
        await engine.Turn();
        var outcome = (await engine.Store.FindOutcome(claim, default))!;
        await engine.Settle();

        engine.Sent.Should().Equal("uno");
        outcome.InFlight.Should().ContainSingle();
        outcome.Stopped.Should().ContainSingle();
    }

    [Fact]
    public async Task Its_handoff_carries_last_words_and_what_was_still_queued()
    {
        var engine = WithApp();
        var id = await Owned(engine);
        var epoch = (await engine.Conversation(id)).Epoch;
        await engine.Ask(id, Say("c1", epoch, "uno"), N8n);
        await engine.Ask(id, Say("c2", epoch, "dos"), N8n);
        var done = await engine.Do(id, new HandOffByApp(epoch, "soporte", null, HandOffMode.Waiting, "quiere precio", "3 mesas", "Te atiende una persona"), N8n);

        (done.Status, done.Tab, done.Owner).Should().Be((CommandStatus.Done, Tab.Waiting, Owner.Queue("soporte", "Soporte")));
        engine.Sent.Should().Equal("uno", "dos", "Te atiende una persona");
        var late = await engine.Do(id, Say("c3", epoch, "otra cosa"), N8n);
        late.Refusal!.Owner.Name.Should().Be("Soporte");
    }

    [Fact]
    public async Task A_refused_handoff_says_nothing_to_the_lead()
    {
        var engine = WithApp();
        var id = await Owned(engine);

        var refused = await engine.Do(id, new HandOffByApp((await engine.Conversation(id)).Epoch, "nowhere", null, HandOffMode.Waiting, null, null, "Adiós"), N8n);

        refused.Refusal!.Code.Should().Be("unknownTarget");
        engine.Sent.Should().BeEmpty();
        (await engine.Conversation(id)).Owner.IsApp("n8n").Should().BeTrue();
    }

    [Fact]
    public async Task Text_needs_the_window_and_a_template_does_not()
    {
        var engine = WithApp();
        var id = await Owned(engine);
        var epoch = (await engine.Conversation(id)).Epoch;
        engine.Clock.Advance(TimeSpan.FromHours(24));

        var text = await engine.Do(id, Say("c1", epoch, "Hola"), N8n);
        var template = await engine.Do(id, new SayAsApp("c2", epoch, new MessageContent { Kind = "template", Template = new TemplateUse("vuelve", "es", []) }), N8n);

        (text.Refusal!.Kind, text.Refusal.Code).Should().Be((RefusalKind.Invalid, "windowClosed"));
        template.Status.Should().Be(CommandStatus.Done);
        engine.Sent.Should().Equal("template");
    }

    [Theory]
    [InlineData("quiero hablar con un asesor")]
    [InlineData("BAJA")]
    public async Task Words_that_ask_for_a_person_or_for_silence_work_above_it(string words)
    {
        var engine = WithApp();
        var id = await Owned(engine);
        var epoch = (await engine.Conversation(id)).Epoch;

        await engine.LeadWrites(words);
        await engine.Settle();

        var handed = await engine.Conversation(id);
        (handed.Owner, handed.Tab).Should().Be((Owner.Queue("ventas", "Ventas"), Tab.Waiting));
        (await engine.Do(id, Say("c1", epoch, "¿Seguro?"), N8n)).Status.Should().Be(CommandStatus.Refused);
        engine.Sent.Should().BeEmpty();
    }

    [Fact]
    public async Task A_running_flow_is_preempted_only_where_the_connection_says_so_and_goes_on_afterwards()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        (await engine.Do(id, new ClaimAsApp(), N8n)).Refusal!.Code.Should().Be("ownedByOther");

        engine.Connections.Replace([Main with { Automation = null, AutomationTakesFlows = true }]);
        var taken = await engine.Do(id, new ClaimAsApp(), N8n);
        await engine.LeadWrites("Otra cosa");
        await engine.Settle();
        engine.Sent.Should().Equal(["¿Cómo te llamas?"], "the parked run hears nothing");

        (await engine.Do(id, new ReleaseByApp(ToFlow: true, Epoch: taken.Epoch), N8n)).Tab.Should().Be(Tab.Automated);
        await engine.LeadWrites("Marta");
        await engine.Settle();
        (await engine.Conversation(id)).Fields["name"].Should().Be("Marta");
    }

    [Fact]
    public async Task A_send_that_is_refused_puts_the_conversation_in_error_and_the_automation_is_told_so()
    {
        var engine = WithApp();
        var id = await Owned(engine);
        var epoch = (await engine.Conversation(id)).Epoch;
        engine.Channel.AnswerNext(SendResult.Rejected(new SendError("131026", "recipient", "Undeliverable")));

        await engine.Do(id, Say("c1", epoch, "Hola"), N8n);
        var failed = await engine.Conversation(id);
        var again = await engine.Do(id, Say("c2", failed.Epoch, "¿Hola?"), N8n);

        (failed.Tab, failed.Epoch).Should().Be((Tab.Error, epoch + 1));
        again.Refusal!.Code.Should().Be("inError");
        (await engine.Do(id, new Claim(), TestEngine.Ana)).Tab.Should().Be(Tab.Waiting, "a person who takes over has seen to it");
    }

    [Fact]
    public async Task An_automation_that_does_not_answer_loses_the_lead_to_people_with_the_reason()
    {
        var engine = WithApp();
        var id = await Owned(engine);
        var epoch = (await engine.Conversation(id)).Epoch;
        engine.Clock.Advance(engine.Options.AppAnswerWait);

        await engine.Do(id, new EndApp(epoch, Idle: false), Actor.System);

        var handed = await engine.Conversation(id);
        (handed.Owner, handed.Tab, handed.HumanWaitSince).Should().Be((Owner.Queue("ventas", "Ventas"), Tab.Waiting, (DateTimeOffset?)TestEngine.Start));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_watch_takes_nothing_from_one_that_answered_or_does_something(bool idle)
    {
        var engine = WithApp();
        var id = await Owned(engine);
        var epoch = (await engine.Conversation(id)).Epoch;
        engine.Clock.Advance(engine.Options.AppAnswerWait);
        await engine.Do(id, Say("c1", epoch, "Hola"), N8n);

        var asked = await engine.Do(id, new EndApp(epoch, idle), Actor.System);

        asked.Refusal!.Code.Should().Be("answered");
        (await engine.Conversation(id)).Owner.IsApp("n8n").Should().BeTrue();
    }

    [Fact]
    public async Task Where_nothing_happens_any_more_it_is_nobodys_again()
    {
        var engine = WithApp();
        var id = await Owned(engine);
        var epoch = (await engine.Conversation(id)).Epoch;
        await engine.Do(id, Say("c1", epoch, "Hola"), N8n);
        engine.Clock.Advance(engine.Options.AppIdle);

        await engine.Do(id, new EndApp(epoch, Idle: true), Actor.System);

        (await engine.Conversation(id)).Owner.Should().Be(Owner.Nobody);
    }

    private static Connection Main { get; } = new() { Key = "main", Name = "Main", Kind = "test", Department = "ventas", Automation = "n8n" };

    private static TestEngine WithApp()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        engine.Connections.Replace([Main]);
        return engine;
    }

    private static async Task<Guid> Owned(TestEngine engine)
    {
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        return id;
    }

    private static SayAsApp Say(string clientId, long epoch, string text) => new(clientId, epoch, MessageContent.OfText(text));
}
