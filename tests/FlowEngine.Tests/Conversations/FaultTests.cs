using FlowEngine.Conversations;
using static FlowEngine.Tests.Conversations.Desk;

namespace FlowEngine.Tests.Conversations;

public sealed class FaultTests
{
    [Fact]
    public void A_fault_of_the_owning_run_parks_it_in_error_and_revokes_its_grant()
    {
        var before = Automated();
        var error = before.Fault(Trouble(9, blocking: false), Run, At(1)).Done();

        error.Tab.Should().Be(Tab.Error);
        error.Owner.IsFlow(Run).Should().BeTrue("a fault never makes a lead ownerless");
        error.Epoch.Should().Be(before.Epoch + 1);
        error.HumanWaitSince.Should().Be(At(0));
    }

    [Fact]
    public void A_fault_after_the_handoff_or_the_claim_is_only_recorded()
    {
        foreach (var before in new[] { Queued(), OpenWithAna(), Finished() })
        {
            var decision = before.Fault(Trouble(9), Run, At(30));

            decision.Next.Should().Be(before);
            decision.History.Should().ContainSingle().Which.Kind.Should().Be("fault");
        }
    }

    [Fact]
    public void The_same_incident_twice_is_one()
    {
        var error = Automated().Fault(Trouble(9), Run, At(1)).Done();

        error.Fault(Trouble(9), Run, At(2)).Should().Be(Decision.Unchanged(error));
    }

    [Fact]
    public void A_person_s_failed_message_is_an_error_only_when_it_is_said_to_block()
    {
        OpenWithAna().Fault(Trouble(9, ProblemKind.Send, blocking: false), null, At(4)).Done().Tab.Should().Be(Tab.Open);
        OpenWithAna().Fault(Trouble(9, ProblemKind.Send, blocking: true), null, At(4)).Done().Tab.Should().Be(Tab.Error);
    }

    [Fact]
    public void A_message_that_fails_after_the_end_reopens_with_the_same_responsible_person()
    {
        var reopened = Finished().Fault(Trouble(9, ProblemKind.Send, message: Id(50)), null, At(30)).Done();

        reopened.Tab.Should().Be(Tab.Error);
        reopened.Owner.Should().Be(Owner.Agent(IdOf(Ana), "Ana"));
        reopened.Episode.Should().Be(2);
        reopened.Epoch.Should().Be(Finished().Epoch + 1);
        Finished().Fault(Trouble(9, ProblemKind.Send, blocking: false, message: Id(50)), null, At(30)).Done().Tab.Should().Be(Tab.Finished);
    }

    [Fact]
    public void A_repaired_problem_gives_the_tab_back_and_leaves_the_rest()
    {
        var error = Automated().Fault(Trouble(9), Run, At(1)).Done().Fault(Trouble(10, ProblemKind.Connection), null, At(1)).Done();

        var half = error.ResolveProblems(p => p.Kind == ProblemKind.Connection, Actor.System, "connectionRestored", At(2)).Done();
        var whole = half.ResolveProblems(_ => true, Ana, "retried", At(3));

        half.Tab.Should().Be(Tab.Error);
        whole.Next.Tab.Should().Be(Tab.Automated);
        whole.Next.Owner.Should().Be(error.Owner);
        whole.History.Select(h => (h.Kind, h.Cause)).Should().Equal(("problemResolved", "retried"), ("tabChanged", "retried"));
        whole.Next.ResolveProblems(_ => true, Ana, "retried", At(4)).Should().Be(Decision.Unchanged(whole.Next));
    }

    [Fact]
    public void A_later_accepted_message_repairs_earlier_failures_and_the_window()
    {
        var error = OpenWithAna().Fault(Trouble(9, ProblemKind.Send, message: Id(49)), null, At(4)).Done()
            .Fault(Trouble(10, ProblemKind.Window), null, At(4)).Done();

        error.RepairedBy(error.Says(AuthorKind.Agent), At(6)).Done().Tab.Should().Be(Tab.Open);
        error.RepairedBy(error.Says(AuthorKind.Flow), At(6)).Done().Tab.Should().Be(Tab.Error, "a bot's message is no second try of a person's");
    }

    [Fact]
    public void Dismissing_what_parked_the_run_gives_the_lead_to_people()
    {
        var error = Automated().Fault(Trouble(9), Run, At(1)).Done();

        var dismissed = error.Dismiss(Id(9), Ana, "will call", At(5), Crew).Done();

        dismissed.Owner.Should().Be(Owner.Nobody);
        dismissed.Tab.Should().Be(Tab.Waiting);
        dismissed.HumanWaitSince.Should().Be(At(0));
        dismissed.Epoch.Should().Be(error.Epoch + 1);
    }

    [Fact]
    public void The_department_s_members_and_supervisors_dismiss_and_nobody_else()
    {
        var error = Automated().Fault(Trouble(9), Run, At(1)).Done();

        error.Dismiss(Id(9), Sol, "known", At(5)).Accepted.Should().BeTrue();
        error.Dismiss(Id(9), Beto, "known", At(5), Crew).No(RefusalKind.Forbidden, "notAllowed");
        error.Dismiss(Id(9), Ana, "known", At(5)).No(RefusalKind.Forbidden, "notAllowed");
        error.Dismiss(Id(9), Actor.Flow(Run, "Qualify"), "known", At(5), Crew).No(RefusalKind.Forbidden, "notAllowed");
        error.Dismiss(Id(8), Sol, "known", At(5)).No(RefusalKind.Conflict, "unknownIncident");
    }
}
