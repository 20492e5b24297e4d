using System.Text.Json.Nodes;
using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Outbox;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Tests.Turns;

/// <summary>Every way out of Error, over the whole engine: what stood waiting goes on where it stood, and nothing goes twice.</summary>
public sealed class RepairTests
{
    private static readonly SendError Undeliverable = new("131026", "recipient", "Message undeliverable");

    private static string Scripted(string script) => TestFlows.Chain(
        "scripted",
        TestFlows.Trigger(),
        TestFlows.Node("hello", "SendMessage", ("text", "Hola")),
        Script("script", script),
        TestFlows.Node("after", "SendMessage", ("text", "Después")),
        TestFlows.Node("ask", "AskQuestion", ("text", "¿Nombre?"), ("saveAs", "name")),
        TestFlows.Node("thanks", "SendMessage", ("text", "Gracias")));

    /// <summary>Fails until somebody writes the field <c>cured</c>.</summary>
    private const string UntilCured = "if (!lead.cured) throw new Error('todavía no');";

    [Fact]
    public async Task A_faulted_script_runs_again_in_the_same_run_once_its_cause_is_gone_and_the_lead_s_words_are_heard()
    {
        var engine = new TestEngine(definitions: Scripted(UntilCured));
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        var broken = await engine.Conversation(id);
        broken.Tab.Should().Be(Tab.Error);
        engine.Sent.Should().BeEmpty("what was said before the fault waits with it");
        await engine.LeadWrites("¿Hay alguien?");
        await engine.Settle();

        var early = await engine.Do(id, new RetryProblem(broken.Problems[0].IncidentId), TestEngine.Ana);
        early.Status.Should().Be(CommandStatus.Done);
        early.Tab.Should().Be(Tab.Error, "the cause is still there: a new incident of the same step");

        await engine.Do(id, new ChangeFields(new Dictionary<string, string?> { ["cured"] = "yes" }), TestEngine.Ana);
        var again = (await engine.Conversation(id)).Problems.Single();
        again.IncidentId.Should().NotBe(broken.Problems[0].IncidentId);
        var retried = await engine.Do(id, new RetryProblem(again.IncidentId), TestEngine.Ana);

        retried.Tab.Should().Be(Tab.Automated);
        engine.Sent.Should().Equal("Hola", "Después", "¿Nombre?", "Gracias");
        var after = await engine.Conversation(id);
        after.Fields["name"].Should().Be("¿Hay alguien?", "what the lead wrote while the run was parked is given to it");
        after.Problems.Should().BeEmpty();
    }

    [Fact]
    public async Task An_answer_that_could_not_be_worked_on_is_not_asked_for_again()
    {
        var flow = TestFlows.Chain(
            "question", TestFlows.Trigger(), TestFlows.Node("ask", "AskQuestion", ("text", "¿Nombre?"), ("saveAs", "name")), Script("script", UntilCured),
            TestFlows.Node("thanks", "SendMessage", ("text", "Gracias")));
        var engine = new TestEngine(definitions: flow);
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        await engine.LeadWrites("Marta");
        await engine.Settle();
        var broken = await engine.Conversation(id);
        broken.Fields["name"].Should().Be("Marta");
        broken.UnansweredSince.Should().NotBeNull();

        await engine.Do(id, new ChangeFields(new Dictionary<string, string?> { ["cured"] = "yes" }), TestEngine.Ana);
        await engine.Do(id, new RetryProblem(broken.Problems[0].IncidentId), TestEngine.Ana);
        engine.Sent.Should().Equal("¿Nombre?", "Gracias");
    }

    [Fact]
    public async Task A_script_over_its_limit_is_skipped_and_the_flow_goes_on_by_done()
    {
        var engine = new TestEngine(definitions: Scripted("while (true) { }"));
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        var broken = (await engine.Conversation(id)).Problems.Single();

        var skipped = await engine.Do(id, new SkipProblem(broken.IncidentId), TestEngine.Bea);

        skipped.Tab.Should().Be(Tab.Automated);
        engine.Sent.Should().Equal("Hola", "Después", "¿Nombre?");
        (await engine.Conversation(id)).HumanWaitSince.Should().BeNull("the bot owes the answer again");
    }

    [Fact]
    public async Task A_step_is_left_only_by_an_outcome_that_it_has()
    {
        var engine = new TestEngine(definitions: Scripted(UntilCured));
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        var broken = (await engine.Conversation(id)).Problems.Single();

        var refused = await engine.Do(id, new SkipProblem(broken.IncidentId, "Sideways"), TestEngine.Ana);

        refused.Refusal!.Code.Should().Be("unknownOutcome");
        (await engine.Conversation(id)).Tab.Should().Be(Tab.Error);
    }

    [Fact]
    public async Task A_refused_send_is_a_new_attempt_and_success_only_when_the_provider_accepts()
    {
        var engine = new TestEngine(definitions: TestFlows.ThreeBubbles);
        engine.Channel.AnswerNext(SendResult.Rejected(Undeliverable), SendResult.Rejected(Undeliverable));
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        var first = (await engine.Conversation(id)).Problems.Single();
        first.MessageId.Should().NotBeNull();

        await engine.Do(id, new RetryProblem(first.IncidentId), TestEngine.Ana);
        (await engine.Conversation(id)).Tab.Should().Be(Tab.Error, "it was refused again");
        var problems = (await engine.Conversation(id)).Problems;
        var again = await engine.Do(id, new RetryProblem(problems[^1].IncidentId), TestEngine.Ana);

        engine.Sent.Should().Equal("uno", "dos", "tres", "¿Sigues ahí?");
        (await engine.Conversation(id)).Tab.Should().Be(Tab.Automated);
        again.Status.Should().Be(CommandStatus.Done);
        var story = ((MemoryTurnStore)engine.Store).History(id).Where(h => h.Kind == "sendRetried").ToList();
        story.Should().HaveCount(2).And.OnlyContain(h => h.Actor.Name == "Ana" && h.Cause == "131026");
    }

    [Fact]
    public async Task A_refused_send_is_left_out_and_the_rest_goes_on_in_order()
    {
        var engine = new TestEngine(definitions: TestFlows.ThreeBubbles);
        engine.Channel.AnswerNext(SendResult.Rejected(Undeliverable));
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();

        await engine.Do(id, new SkipProblem((await engine.Conversation(id)).Problems.Single().IncidentId), TestEngine.Ana);

        engine.Sent.Should().Equal("dos", "tres", "¿Sigues ahí?");
        ((MemoryTurnStore)engine.Store).Messages(id).Single(m => m.Content.Text == "uno").State.Should().Be(MessageState.Failed);
    }

    [Fact]
    public async Task Of_retry_and_claim_the_first_wins_and_the_other_learns_it()
    {
        var engine = new TestEngine(definitions: Scripted(UntilCured));
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        var broken = (await engine.Conversation(id)).Problems.Single().IncidentId;

        var claim = await engine.Ask(id, new Claim(), TestEngine.Bea);
        var retry = await engine.Ask(id, new RetryProblem(broken), TestEngine.Ana);
        await engine.Settle();

        (await engine.Store.FindOutcome(claim, default))!.Status.Should().Be(CommandStatus.Done);
        var lost = (await engine.Store.FindOutcome(retry, default))!;
        lost.Refusal.Should().Match<Refusal>(r => r.Kind == RefusalKind.Conflict && r.Code == "unknownIncident");
        engine.Sent.Should().BeEmpty("the bot is silent after a claim");
        ((MemoryTurnStore)engine.Store).Messages(id).Single(m => m.Content.Text == "Hola" && m.Direction == MessageDirection.Out).State.Should().Be(MessageState.Stopped);
    }

    [Fact]
    public async Task Who_may_not_repair_is_told_so_under_the_rights_of_the_commit()
    {
        var engine = new TestEngine(definitions: Scripted(UntilCured));
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        var broken = (await engine.Conversation(id)).Problems.Single().IncidentId;
        ((MemoryTurnStore)engine.Store).Staff = Staff.Empty with { Agents = TestEngine.Staff.Agents.SetItem(TestEngine.Ana, TestEngine.Staff.Agents[TestEngine.Ana] with { Active = false }) };

        (await engine.Do(id, new RetryProblem(broken), TestEngine.Ana)).Refusal!.Kind.Should().Be(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task An_unknown_send_is_repeated_only_by_somebody_who_knows_that_it_may_arrive_twice()
    {
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        engine.Channel.AnswerNext(SendResult.Unknown(SendErrors.NeverConfirmed));
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        engine.Clock.Advance(engine.Options.UnknownWait);
        await engine.Settle();
        var doubt = (await engine.Conversation(id)).Problems.Single();
        doubt.Kind.Should().Be(ProblemKind.UnknownSend);

        (await engine.Do(id, new RetryProblem(doubt.IncidentId), TestEngine.Ana)).Refusal!.Code.Should().Be("mayDuplicate");
        await engine.Do(id, new RetryProblem(doubt.IncidentId, MayDuplicate: true), TestEngine.Ana);

        engine.Sent.Should().Equal("¿Cómo te llamas?");
        (await engine.Conversation(id)).Tab.Should().Be(Tab.Automated);
        ((MemoryTurnStore)engine.Store).History(id).Single(h => h.Kind == "sendRetried").Data!["mayDuplicate"].Should().Be("true");
    }

    [Fact]
    public async Task A_lead_s_message_opens_the_window_and_the_words_that_waited_for_it_go_before_anything_is_taken_as_their_answer()
    {
        var engine = new TestEngine(definitions: TestFlows.Chain(
            "late", TestFlows.Trigger(), TestFlows.Elsa("sleep", "Elsa.Delay", ("timeSpan", "1.01:00:00")), TestFlows.Node("ask", "AskQuestion", ("text", "¿Nombre?"), ("saveAs", "name")),
            TestFlows.Node("thanks", "SendMessage", ("text", "Gracias"))));
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        engine.Clock.Advance(TimeSpan.FromHours(25));
        await engine.Settle();
        (await engine.Conversation(id)).Problems.Should().ContainSingle(p => p.Kind == ProblemKind.Window);

        await engine.LeadWrites("¿Sigues ahí?");
        await engine.Settle();
        engine.Sent.Should().Equal("¿Nombre?");
        (await engine.Conversation(id)).Fields.Should().NotContainKey("name");

        await engine.LeadWrites("Marta");
        await engine.Settle();
        engine.Sent.Should().Equal("¿Nombre?", "Gracias");
        (await engine.Conversation(id)).Problems.Should().BeEmpty();
    }

    [Fact]
    public async Task Dismissing_gives_the_run_up_and_the_lead_to_people()
    {
        var engine = new TestEngine(definitions: TestFlows.ThreeBubbles);
        engine.Channel.AnswerNext(SendResult.Rejected(Undeliverable));
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();

        var outcome = await engine.Do(id, new DismissProblem((await engine.Conversation(id)).Problems.Single().IncidentId, "lo llamo yo"), TestEngine.Ana);

        outcome.Tab.Should().Be(Tab.Waiting);
        engine.Sent.Should().BeEmpty();
        (await engine.Conversation(id)).FlowInstance.Should().BeNull();
        ((MemoryTurnStore)engine.Store).Incidents().Single().Closed!.How.Should().Be("lo llamo yo");
    }

    [Theory]
    [InlineData("HandOff", false)]
    [InlineData("Both", true)]
    public async Task A_definition_may_want_people_instead_of_an_error(string onFault, bool staysVisible)
    {
        var engine = new TestEngine(definitions: WithPolicy(Scripted(UntilCured), onFault, "soporte"));
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();

        var given = await engine.Conversation(id);
        given.Tab.Should().Be(Tab.Waiting);
        given.Owner.Should().Be(Owner.Queue("soporte", "Soporte"));
        given.HasBlockingProblem.Should().BeFalse();
        engine.Sent.Should().Equal("Hola");
        var (incident, closed) = ((MemoryTurnStore)engine.Store).Incidents().Single();
        incident.Blocking.Should().BeFalse();
        (closed is null).Should().Be(staysVisible);
        ((MemoryTurnStore)engine.Store).History(id).Should().Contain(h => h.Kind == "handedOff" && h.Cause!.Contains("todavía no"));
    }

    [Fact]
    public async Task A_failure_that_blocks_nothing_is_put_aside_with_a_reason()
    {
        var engine = new TestEngine(definitions: WithPolicy(Scripted(UntilCured), "Both", "ventas"));
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        var incident = ((MemoryTurnStore)engine.Store).Incidents().Single().Incident.Id;

        (await engine.Do(id, new DismissProblem(incident, "sabido"), TestEngine.Ana)).Refusal!.Code.Should().Be("unknownIncident");
        (await engine.Do(id, new DismissProblem(incident, "sabido", NotBlocking: true), TestEngine.Ana)).Status.Should().Be(CommandStatus.Done);
        ((MemoryTurnStore)engine.Store).Incidents().Single().Closed!.How.Should().Be("sabido");
    }

    private static JsonObject Script(string id, string code)
    {
        var node = TestFlows.Elsa(id, "Elsa.RunJavaScript", ("script", code));
        node["script"]!["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = code };
        return node;
    }

    private static string WithPolicy(string flow, string onFault, string department)
    {
        var definition = JsonNode.Parse(flow)!.AsObject();
        definition["customProperties"] = new JsonObject { ["FlowEngine:OnFault"] = onFault, ["FlowEngine:OnFaultDepartment"] = department };
        return definition.ToJsonString();
    }
}
