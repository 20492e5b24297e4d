using FlowEngine.Conversations;
using static FlowEngine.Tests.Conversations.Desk;

namespace FlowEngine.Tests.Conversations;

public sealed class HandOffTests
{
    private static Decision HandOff(Conversation c, string? department = null, Guid? agent = null, HandOffMode mode = HandOffMode.Waiting, Guid? run = null) =>
        c.HandOff(run ?? Run, new Target(department, agent), mode, "asked", "wants a car", Crew, At(1));

    [Fact]
    public void To_a_department_it_is_owned_by_its_queue_and_meant_for_it()
    {
        var before = Automated();
        var decision = HandOff(before, "support");

        decision.Next.Owner.Should().Be(Owner.Queue("support", "Support"));
        decision.Next.Department.Should().Be("support");
        decision.Next.Epoch.Should().Be(before.Epoch + 1);
        decision.Next.FlowInstance.Should().Be(Run, "the run is parked behind the people");
        decision.History[0].Data.Should().Contain("summary", "wants a car").And.Contain("department", "support");
    }

    [Fact]
    public void Without_a_target_it_goes_to_the_conversation_s_own_department() =>
        HandOff(Automated()).Done().Owner.Should().Be(Owner.Queue("sales", "Sales"));

    [Fact]
    public void To_an_agent_it_waits_for_that_agent()
    {
        var given = HandOff(Automated(), agent: IdOf(Carla)).Done();

        given.Owner.IsAgent(IdOf(Carla)).Should().BeTrue();
        given.ResponsibleName.Should().Be("Carla");
        given.Tab.Should().Be(Tab.Waiting);
    }

    [Fact]
    public void A_department_where_nobody_works_overflows_to_the_next() =>
        HandOff(Automated(), "night").Done().Owner.Should().Be(Owner.Queue("support", "Support"));

    [Fact]
    public void The_clock_starts_at_the_handoff_when_the_bot_had_answered_everything()
    {
        var answered = Automated().MessageAccepted(Automated().Says(AuthorKind.Flow, minute: 0) with { At = At(0) });

        HandOff(answered).Done().HumanWaitSince.Should().Be(At(1));
    }

    [Fact]
    public void An_unknown_or_inactive_target_is_refused()
    {
        HandOff(Automated(), "nowhere").No(RefusalKind.Invalid, "unknownTarget");
        HandOff(Automated(), "closed").No(RefusalKind.Invalid, "unknownTarget");
        HandOff(Automated(), agent: Id(77)).No(RefusalKind.Invalid, "unknownTarget");
        HandOff(Automated(), agent: IdOf(Left)).No(RefusalKind.Invalid, "unknownTarget");
        HandOff(Automated() with { Department = null }).No(RefusalKind.Invalid, "unknownTarget");
    }

    [Fact]
    public void Mode_open_needs_a_named_agent() =>
        HandOff(Automated(), "sales", mode: HandOffMode.Open).No(RefusalKind.Invalid, "unknownTarget");

    [Fact]
    public void Only_the_owning_run_may()
    {
        HandOff(Queued()).No(RefusalKind.Conflict, "alreadyHandedOff");
        HandOff(Automated(), run: OtherRun).No(RefusalKind.Conflict, "ownedByOther");
        HandOff(Finished()).No(RefusalKind.Conflict, "finished");
    }

    [Fact]
    public void Of_two_flows_the_second_finds_an_owner_and_the_same_one_twice_is_one()
    {
        Automated().StartFlow(OtherRun, "Other", At(1), "keyword").No(RefusalKind.Conflict, "ownedByOther");
        Automated().StartFlow(Run, "Qualify", At(1), "retry").Done().Should().Be(Automated());
    }

    [Fact]
    public void No_flow_grabs_a_queue_a_person_s_or_a_finished_conversation()
    {
        Queued().StartFlow(OtherRun, "Other", At(5), "message").No(RefusalKind.Conflict, "ownedByOther");
        OpenWithAna().StartFlow(OtherRun, "Other", At(5), "message").No(RefusalKind.Conflict, "ownedByOther");
        Finished().StartFlow(OtherRun, "Other", At(15), "timer").No(RefusalKind.Conflict, "finished");
        (OpenWithAna() with { Owner = Owner.Nobody }).StartFlow(OtherRun, "Other", At(5), "message").No(RefusalKind.Conflict, "ownedByOther");
    }
}
