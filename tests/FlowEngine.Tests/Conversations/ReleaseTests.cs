using FlowEngine.Conversations;
using static FlowEngine.Tests.Conversations.Desk;

namespace FlowEngine.Tests.Conversations;

public sealed class ReleaseTests
{
    private static readonly Target ToCarla = new(null, IdOf(Carla));

    [Fact]
    public void The_owner_and_a_supervisor_transfer()
    {
        var given = OpenWithAna().Transfer(Ana, ToCarla, Crew, At(9)).Done();

        given.Owner.Should().Be(Owner.Agent(IdOf(Carla), "Carla"));
        given.ResponsibleId.Should().Be(IdOf(Carla));
        given.Epoch.Should().Be(OpenWithAna().Epoch + 1);
        OpenWithAna().Transfer(Sol, ToCarla, Crew, At(9)).Accepted.Should().BeTrue();
    }

    [Fact]
    public void The_second_of_two_transfers_is_refused_because_the_first_took_it_away()
    {
        var given = OpenWithAna().Transfer(Ana, ToCarla, Crew, At(9)).Done();

        given.Transfer(Ana, new Target("support", null), Crew, At(9)).No(RefusalKind.Conflict, "ownedByOther");
    }

    [Fact]
    public void Who_does_not_own_it_may_neither_transfer_nor_release_nor_finalize()
    {
        foreach (var decision in new[]
        {
            Automated().Transfer(Ana, ToCarla, Crew, At(9)), Queued().Transfer(Ana, ToCarla, Crew, At(9)),
            Queued().ReleaseToFlow(Ana, Run, "Qualify", At(9)), Queued().ReleaseToQueue(Ana, "support", Crew, At(9)),
            Automated().Finalize(Ana, null, At(9), null, 0), Automated().Finalize(Actor.Flow(OtherRun, "x"), null, At(9), null, 0),
        })
        {
            decision.No(RefusalKind.Forbidden, "notAllowed");
        }

        OpenWithAna().ReleaseToFlow(Carla, Run, "Qualify", At(9)).No(RefusalKind.Conflict, "ownedByOther");
        OpenWithAna().Finalize(Carla, null, At(9), null, 0).No(RefusalKind.Conflict, "ownedByOther");
    }

    [Fact]
    public void Nothing_of_a_finished_one_can_be_given_away()
    {
        Finished().Transfer(Sol, ToCarla, Crew, At(30)).No(RefusalKind.Conflict, "finished");
        Finished().ReleaseToFlow(Sol, null, "Qualify", At(30)).No(RefusalKind.Conflict, "finished");
        Finished().ReleaseToQueue(Sol, "sales", Crew, At(30)).No(RefusalKind.Conflict, "finished");
    }

    [Fact]
    public void An_unknown_target_is_refused_and_the_present_owner_is_no_transfer()
    {
        OpenWithAna().Transfer(Ana, new Target("closed", null), Crew, At(9)).No(RefusalKind.Invalid, "unknownTarget");
        OpenWithAna().Transfer(Ana, new Target(null, IdOf(Ana)), Crew, At(9)).Should().Be(Decision.Unchanged(OpenWithAna()));
    }

    [Fact]
    public void A_supervisor_who_assigns_a_bot_s_lead_makes_it_wait_for_that_person()
    {
        var assigned = Automated().Transfer(Sol, ToCarla, Crew, At(9)).Done();

        assigned.Tab.Should().Be(Tab.Waiting);
        assigned.HumanWaitSince.Should().Be(At(0));
    }

    [Fact]
    public void A_release_to_a_queue_keeps_stage_clock_and_the_last_responsible()
    {
        var released = OpenWithAna().ReleaseToQueue(Ana, "support", Crew, At(9)).Done();

        released.Owner.Should().Be(Owner.Queue("support", "Support"));
        (released.Tab, released.HumanWaitSince, released.ResponsibleId).Should().Be((Tab.Open, At(0), IdOf(Ana)));
    }

    [Fact]
    public void A_release_to_the_bot_resumes_its_run_or_leaves_room_for_a_new_one()
    {
        var resumed = OpenWithAna().ReleaseToFlow(Ana, Run, "Qualify", At(9)).Done();
        var fresh = OpenWithAna().ReleaseToFlow(Ana, null, "Other", At(9)).Done().StartFlow(OtherRun, "Other", At(9), "release").Done();

        resumed.Owner.IsFlow(Run).Should().BeTrue();
        (resumed.Stage, resumed.HumanWaitSince, resumed.UnansweredSince).Should().Be((Stage.None, null, At(0)));
        fresh.Owner.IsFlow(OtherRun).Should().BeTrue();
        fresh.FlowInstance.Should().Be(OtherRun);
        resumed.ReleaseToFlow(Sol, Run, "Qualify", At(9)).Should().Be(Decision.Unchanged(resumed));
    }

    [Fact]
    public void A_release_that_finds_no_flow_makes_the_lead_wait_for_people()
    {
        var released = OpenWithAna().ReleaseToFlow(Ana, null, "gone", At(9)).Done().OweAnswer(At(9)).Done();

        (released.Tab, released.HumanWaitSince).Should().Be((Tab.Waiting, At(0)));
    }

    [Fact]
    public void An_agent_who_left_leaves_its_conversation_to_the_department_with_the_clock_kept()
    {
        var queued = OpenWithAna().AgentGone(IdOf(Ana), Crew, At(9)).Done();
        var elsewhere = (OpenWithAna() with { Department = null }).AgentGone(IdOf(Ana), Crew, At(9)).Done();
        var nowhere = (OpenWithAna() with { Department = null }).AgentGone(IdOf(Ana), Staff.Empty, At(9)).Done();

        (queued.Owner, queued.Tab, queued.HumanWaitSince).Should().Be((Owner.Queue("sales", "Sales"), Tab.Open, At(0)));
        elsewhere.Owner.Should().Be(Owner.Queue("sales", "Sales"), "it is one of Ana's departments");
        (nowhere.Owner, nowhere.Tab).Should().Be((Owner.Nobody, Tab.Open));
        OpenWithAna().AgentGone(IdOf(Carla), Crew, At(9)).Should().Be(Decision.Unchanged(OpenWithAna()));
    }
}
