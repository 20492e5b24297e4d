using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Tests.Turns;

/// <summary>A lead's way through the engine, step by step, over the in-memory store.</summary>
public sealed class SpineTests
{
    [Fact]
    public async Task A_lead_is_asked_answers_is_handed_off_claimed_answered_transferred_and_finalized()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        (await engine.Conversation(id)).Problems.Should().BeEmpty();
        (await engine.Conversation(id)).Tab.Should().Be(Tab.Automated);
        engine.Sent.Should().Equal("¿Cómo te llamas?");

        await engine.LeadWrites("Marta");
        await engine.Settle();
        var handed = await engine.Conversation(id);
        handed.Tab.Should().Be(Tab.Waiting);
        handed.Owner.Should().Be(Owner.Queue("ventas", "Ventas"));
        handed.Fields["name"].Should().Be("Marta");
        engine.Sent.Should().Equal("¿Cómo te llamas?", "Gracias", "Un momento", "Te atiende una persona");

        var claimed = await engine.Do(id, new Claim(), TestEngine.Ana);
        claimed.Status.Should().Be(CommandStatus.Done);
        claimed.Tab.Should().Be(Tab.Waiting, "a claim without a reply stays in Waiting");

        var replied = await engine.Do(id, new Reply("c1", MessageContent.OfText("Hola Marta")), TestEngine.Ana);
        replied.Tab.Should().Be(Tab.Open);
        engine.Sent[^1].Should().Be("Hola Marta");

        (await engine.Do(id, new Transfer(Agent: TestEngine.Bea), TestEngine.Ana)).Tab.Should().Be(Tab.Open, "Open is kept through transfers");
        (await engine.Do(id, new FinalizeConversation("vendido"), TestEngine.Bea)).Tab.Should().Be(Tab.Finished);

        engine.Clock.Advance(TimeSpan.FromHours(1));
        await engine.LeadWrites("Otra vez yo");
        await engine.Settle();
        var again = await engine.Conversation(id);
        again.Episode.Should().Be(2);
        again.Tab.Should().Be(Tab.Automated);
        engine.Sent[^1].Should().Be("¿Cómo te llamas?");
    }

    [Fact]
    public async Task A_claim_between_two_bubbles_stops_the_rest_and_names_them()
    {
        var engine = new TestEngine(definitions: TestFlows.ThreeBubbles);
        var id = await engine.LeadWrites("Hola");
        await engine.Turn();
        await engine.CallProvider();
        await engine.Turn();

        var claim = await engine.Ask(id, new Claim(), TestEngine.Ana);
        await engine.Turn();
        var outcome = (await engine.Store.FindOutcome(claim, default))!;
        await engine.Settle();

        engine.Sent.Should().Equal(["uno", "dos"], "dos was released before the claim committed, the rest was not");
        outcome.InFlight.Should().HaveCount(1);
        outcome.Stopped.Should().HaveCount(2);
        (await engine.Conversation(id)).Owner.IsAgent(TestEngine.Ana).Should().BeTrue();
    }

    [Fact]
    public async Task Nothing_of_the_bot_leaves_after_a_claim_until_it_is_handed_back()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        await engine.Do(id, new Claim(), TestEngine.Ana);
        await engine.LeadWrites("Marta");
        await engine.Settle();
        engine.Sent.Should().Equal("¿Cómo te llamas?");

        await engine.Do(id, new Release("flow"), TestEngine.Ana);
        await engine.LeadWrites("Marta");
        await engine.Settle();
        engine.Sent.Should().Equal("¿Cómo te llamas?", "Gracias", "Un momento", "Te atiende una persona");
    }

    [Fact]
    public async Task Two_agents_claim_at_once_and_one_is_told_who_has_it()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        var first = await engine.Ask(id, new Claim(), TestEngine.Ana);
        var second = await engine.Ask(id, new Claim(), TestEngine.Bea);
        await engine.Settle();

        (await engine.Store.FindOutcome(first, default))!.Status.Should().Be(CommandStatus.Done);
        var lost = (await engine.Store.FindOutcome(second, default))!;
        lost.Refusal!.Kind.Should().Be(RefusalKind.Conflict);
        lost.Refusal.Owner.Name.Should().Be("Ana");
    }

    [Fact]
    public async Task A_lead_from_a_form_stands_in_not_started_until_it_writes()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        var id = await engine.LeadArrives("Marta");
        await engine.Settle();
        (await engine.Conversation(id)).Tab.Should().Be(Tab.NotStarted);

        await engine.LeadWrites("Hola");
        await engine.Settle();
        (await engine.Conversation(id)).Tab.Should().Be(Tab.Automated);
    }

    [Fact]
    public async Task A_lead_that_comes_with_fields_keeps_its_source_and_its_first_line_of_the_story()
    {
        var engine = new TestEngine();
        var fields = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("campaign", "spring");
        var appended = await engine.Store.Append(
            [new NewEvent(engine.Ids.Next(), "lead:fields", new LeadCreated("import", "Marta", fields, Department: "soporte")) { Address = TestEngine.From("34600000009") }],
            engine.Clock.GetUtcNow(), default);
        await engine.Settle();
        var conversation = await engine.Conversation(appended[0].Mailbox);
        conversation.Source.Should().Be("import");
        conversation.Department.Should().Be("soporte");
        conversation.Fields.Should().Contain("campaign", "spring");
        ((MemoryTurnStore)engine.Store).History(conversation.Id)[0].Kind.Should().Be("created");
    }

    [Fact]
    public async Task The_note_of_a_transfer_comes_with_it()
    {
        var engine = new TestEngine();
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        await engine.Do(id, new Claim(), TestEngine.Ana);
        await engine.Do(id, new Transfer(Agent: TestEngine.Bea, Note: "Pide factura"), TestEngine.Ana);
        var note = ((MemoryTurnStore)engine.Store).Messages(id).Should().ContainSingle(m => m.Direction == MessageDirection.Note).Subject;
        note.Content.Text.Should().Be("Pide factura");
        engine.Sent.Should().BeEmpty("a note never reaches the lead");
    }

    [Fact]
    public async Task A_lead_whom_no_flow_takes_waits_for_people_with_the_clock_running()
    {
        var engine = new TestEngine();
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        var conversation = await engine.Conversation(id);
        conversation.Tab.Should().Be(Tab.Waiting);
        conversation.HumanWaitSince.Should().Be(TestEngine.Start);
    }

    [Fact]
    public async Task A_lead_who_asked_for_a_person_is_not_greeted_by_the_bot_again_although_no_department_could_get_it()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        engine.Connections.Replace([new Engine.Connections.Connection { Key = "main", Name = "Main", Kind = "test", Flow = null }]);
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        await engine.LeadWrites("Quiero hablar con una persona");
        await engine.Settle();
        await engine.LeadWrites("¿Hay alguien?");
        await engine.Settle();

        engine.Sent.Should().Equal("¿Cómo te llamas?");
        var conversation = await engine.Conversation(id);
        conversation.Owner.Should().Be(Owner.Nobody);
        conversation.Tab.Should().Be(Tab.Waiting);
        (await engine.Do(id, new Claim(), TestEngine.Ana)).Refusal.Should().BeNull();
    }

    [Fact]
    public async Task Two_messages_at_the_same_instant_are_taken_one_after_the_other()
    {
        var engine = new TestEngine(definitions: TestFlows.Chain(
            "two",
            TestFlows.Trigger(),
            TestFlows.Node("a", "AskQuestion", ("text", "A?"), ("saveAs", "a")),
            TestFlows.Node("b", "AskQuestion", ("text", "B?"), ("saveAs", "b")),
            TestFlows.Node("c", "AskQuestion", ("text", "C?"), ("saveAs", "c"))));
        var id = await engine.LeadWrites("Hola");
        await engine.LeadWrites("uno");
        await engine.LeadWrites("dos");
        await engine.Settle();

        engine.Sent.Should().Equal("A?", "B?", "C?");
        (await engine.Conversation(id)).Fields.Should().Contain("a", "uno").And.Contain("b", "dos");
    }

    [Fact]
    public async Task A_redelivered_message_has_one_effect()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        await engine.LeadWrites("Hola", providerId: "wamid.same");
        await engine.LeadWrites("Hola", providerId: "wamid.same");
        await engine.Settle();
        await engine.LeadWrites("Hola", providerId: "wamid.same");
        await engine.Settle();
        engine.Sent.Should().Equal("¿Cómo te llamas?");
    }

    [Fact]
    public async Task A_question_that_times_out_takes_its_timeout_once()
    {
        var engine = new TestEngine(definitions: TestFlows.AskWithTimeout);
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        engine.Clock.Advance(TimeSpan.FromMinutes(10));
        await engine.Settle();
        engine.Clock.Advance(TimeSpan.FromMinutes(10));
        await engine.Settle();

        engine.Sent.Should().Equal("¿Tu nombre?", "Hasta luego");
        (await engine.Conversation(id)).Tab.Should().Be(Tab.Finished);
    }

    [Fact]
    public async Task A_timer_of_a_claimed_conversation_does_not_fire()
    {
        var engine = new TestEngine(definitions: TestFlows.AskWithTimeout);
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        await engine.Do(id, new Claim(), TestEngine.Ana);
        engine.Clock.Advance(TimeSpan.FromMinutes(20));
        await engine.Settle();

        engine.Sent.Should().Equal("¿Tu nombre?");
        (await engine.Conversation(id)).Owner.IsAgent(TestEngine.Ana).Should().BeTrue();
    }

    [Fact]
    public async Task What_a_person_writes_while_the_message_before_is_at_the_provider_leaves_as_soon_as_that_was_taken()
    {
        var engine = new TestEngine(definitions: TestFlows.AskWithTimeout);
        var id = await engine.LeadWrites("Hola");
        await engine.Turn();
        await engine.Ask(id, new Reply("r1", MessageContent.OfText("Soy Ana")), TestEngine.Ana);
        await engine.Turn();
        await engine.Ask(id, new Reply("r2", MessageContent.OfText("¿En qué te ayudo?")), TestEngine.Ana);
        await engine.Turn();
        engine.Sent.Should().BeEmpty("the flow's question is still at the provider");

        await engine.Settle();

        engine.Sent.Should().Equal("¿Tu nombre?", "Soy Ana", "¿En qué te ayudo?");
    }

    [Fact]
    public async Task A_run_that_begins_in_the_very_turn_that_ends_the_one_before_is_stored_and_goes_on()
    {
        var engine = new TestEngine(definitions: TestFlows.AskWithTimeout);
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        var first = (await engine.Conversation(id)).FlowInstance;
        await engine.Ask(id, new FinalizeConversation("done"), TestEngine.Sol);
        await engine.LeadWrites("Hola otra vez");
        await engine.Settle();

        var second = (await engine.Conversation(id)).FlowInstance;
        second.Should().NotBeNull().And.NotBe(first!.Value);
        (await engine.Store.FindInstance(second!.Value, default))!.SubStatus.Should().Be((int)WorkflowSubStatus.Suspended);
        (await engine.Store.FindInstance(first.Value, default))!.SubStatus.Should().Be((int)WorkflowSubStatus.Cancelled);
        engine.Sent.Should().Equal("¿Tu nombre?", "¿Tu nombre?");
        await engine.LeadWrites("Ana");
        await engine.Settle();
        engine.Sent.Should().Equal("¿Tu nombre?", "¿Tu nombre?", "Gracias", "Hasta luego");
    }

    [Fact]
    public async Task A_lead_who_asks_for_a_person_gets_one()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        await engine.LeadWrites("quiero hablar con una persona");
        await engine.Settle();
        var conversation = await engine.Conversation(id);
        conversation.Tab.Should().Be(Tab.Waiting);
        conversation.Owner.Kind.Should().Be(OwnerKind.Queue);
    }
}
