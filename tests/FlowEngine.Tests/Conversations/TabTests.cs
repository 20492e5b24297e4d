using FlowEngine.Conversations;
using static FlowEngine.Tests.Conversations.Desk;

namespace FlowEngine.Tests.Conversations;

/// <summary>The consequences that ownership.md section 2a asks to test literally.</summary>
public sealed class TabTests
{
    [Fact]
    public void An_imported_lead_to_whom_nobody_wrote_is_not_started() => Imported().Tab.Should().Be(Tab.NotStarted);

    [Fact]
    public void A_first_template_makes_it_automated_and_it_stays_there_when_the_flow_ends()
    {
        var sent = WithFlow().AutomationSpoke(Actor.Flow(Run, "Qualify"), At(1)).Done();
        var ended = sent.EndFlow(Run, Disposition.Default, At(2), Id(9), Crew).Done();

        sent.Tab.Should().Be(Tab.Automated);
        ended.Owner.Should().Be(Owner.Nobody);
        ended.Tab.Should().Be(Tab.Automated);
        ended.HumanWaitSince.Should().BeNull();
    }

    [Fact]
    public void A_lead_whom_no_flow_takes_is_waiting_since_they_wrote()
    {
        var waiting = Imported().Writes(0).OweAnswer(At(1)).Done();

        waiting.Tab.Should().Be(Tab.Waiting);
        waiting.HumanWaitSince.Should().Be(At(0));
    }

    [Fact]
    public void A_lead_whom_a_flow_answers_is_automated()
    {
        Automated().Tab.Should().Be(Tab.Automated);
        Automated().HumanWaitSince.Should().BeNull("no person is needed yet");
    }

    [Fact]
    public void A_handoff_in_mode_waiting_is_waiting()
    {
        Queued().Tab.Should().Be(Tab.Waiting);
        Queued().HumanWaitSince.Should().Be(At(0));
    }

    [Fact]
    public void A_handoff_in_mode_open_is_open_with_the_clock_running()
    {
        var open = Automated().HandOff(Run, new Target(null, IdOf(Ana)), HandOffMode.Open, null, null, Crew, At(1)).Done();

        open.Tab.Should().Be(Tab.Open);
        open.Owner.IsAgent(IdOf(Ana)).Should().BeTrue();
        open.HumanWaitSince.Should().Be(At(0));
    }

    [Fact]
    public void A_claim_of_a_lead_who_wrote_is_waiting_with_the_agent()
    {
        var claimed = Imported().Writes(0).OweAnswer(At(0)).Done().Claim(Ana, null, Crew, At(5)).Done();

        claimed.Tab.Should().Be(Tab.Waiting);
        claimed.Owner.IsAgent(IdOf(Ana)).Should().BeTrue();
        claimed.HumanWaitSince.Should().Be(At(0));
    }

    [Fact]
    public void A_claim_of_an_imported_lead_who_never_wrote_is_open_without_a_clock()
    {
        var claimed = Imported().Claim(Ana, null, Crew, At(5)).Done();

        claimed.Tab.Should().Be(Tab.Open);
        claimed.HumanWaitSince.Should().BeNull();
    }

    [Fact]
    public void It_stays_open_whoever_writes_last_and_through_transfers()
    {
        var open = OpenWithAna().Writes(20).Reply(Ana, Crew, At(21)).Done().Writes(22);
        var toCarla = open.Transfer(Ana, new Target(null, IdOf(Carla)), Crew, At(23)).Done();
        var toSupport = toCarla.Transfer(Carla, new Target("support", null), Crew, At(24)).Done();

        new[] { open, toCarla, toSupport }.Should().OnlyContain(c => c.Tab == Tab.Open && c.HumanWaitSince == open.HumanWaitSince);
    }

    [Fact]
    public void A_hand_back_to_the_bot_records_the_end_of_the_human_attention_and_is_automated()
    {
        var back = OpenWithAna().ReleaseToFlow(Ana, Run, "Qualify", At(9));

        back.Next.Tab.Should().Be(Tab.Automated);
        back.History.Select(h => h.Kind).Should().Equal("attentionFinalized", "released", "tabChanged");
        back.History[0].Actor.Should().Be(Ana);
    }

    [Fact]
    public void A_rule_finalizes_an_open_one()
    {
        OpenWithAna().Finalize(Rule, "72 hours of silence", At(9), null, 0).Done().Tab.Should().Be(Tab.Finished);
    }

    [Fact]
    public void An_agent_who_writes_first_to_a_not_started_lead_opens_it()
    {
        Imported().Reply(Ana, Crew, At(1)).Done().Tab.Should().Be(Tab.Open);
    }

    [Fact]
    public void A_reply_from_the_phone_opens_it_for_the_person_outside()
    {
        var answered = Automated().PhoneEcho(At(4)).Done();

        answered.Tab.Should().Be(Tab.Open);
        answered.Owner.Should().Be(Owner.PersonOutside("main"));
    }

    [Fact]
    public void A_flow_that_leaves_a_lead_who_wrote_to_nobody_is_an_error()
    {
        var ended = Automated().EndFlow(Run, Disposition.Nobody, At(4), Id(9)).Done();

        ended.Tab.Should().Be(Tab.Error);
        ended.Problems.Should().ContainSingle().Which.Kind.Should().Be(ProblemKind.FlowEndedWithoutOwner);
        ended.HumanWaitSince.Should().Be(At(0));
    }

    [Fact]
    public void A_message_of_the_lead_clears_a_window_problem_by_itself()
    {
        var closed = OpenWithAna().Fault(Trouble(9, ProblemKind.Window), null, At(2000)).Done();
        closed.Tab.Should().Be(Tab.Error);

        var decision = closed.ReceiveLeadMessage(At(2001), At(2001), true, "hello", ReentryPolicy.Default);

        decision.Next.Tab.Should().Be(Tab.Open);
        decision.History.Select(h => h.Kind).Should().Equal("problemResolved", "tabChanged");
        closed.Writes(2001, opensWindow: false).Tab.Should().Be(Tab.Error, "only a message that opens the window repairs it");
    }

    [Fact]
    public void An_error_keeps_owner_stage_and_clocks()
    {
        var open = OpenWithAna();
        var error = open.Fault(Trouble(9, ProblemKind.Send, message: Id(50)), null, At(4)).Done();

        error.Tab.Should().Be(Tab.Error);
        (error.Owner, error.Stage, error.HumanWaitSince, error.Epoch).Should().Be((open.Owner, open.Stage, open.HumanWaitSince, open.Epoch));
    }
}
