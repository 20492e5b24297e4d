using FlowEngine.Conversations;
using static FlowEngine.Tests.Conversations.Desk;

namespace FlowEngine.Tests.Conversations;

public sealed class ClaimTests
{
    public static TheoryData<Owner> NotAPersonOfTheDesk => new(
        Owner.Nobody, Owner.Queue("sales", "Sales"), Owner.Flow(Run, "Qualify"), Owner.OtherApp("n8n", "n8n"), Owner.PersonOutside("main"));

    [Theory]
    [MemberData(nameof(NotAPersonOfTheDesk))]
    public void An_agent_of_the_department_takes_it_from_anybody_but_a_colleague(Owner owner)
    {
        var claimed = OwnedBy(owner).Claim(Ana, 7, Crew, At(1)).Done();

        claimed.Owner.Should().Be(Owner.Agent(IdOf(Ana), "Ana"));
        claimed.Epoch.Should().Be(8);
        claimed.ResponsibleId.Should().Be(IdOf(Ana));
        claimed.ResponsibleName.Should().Be("Ana");
    }

    [Theory]
    [MemberData(nameof(NotAPersonOfTheDesk))]
    public void An_agent_of_another_department_may_not(Owner owner) =>
        OwnedBy(owner).Claim(Beto, 7, Crew, At(1)).No(RefusalKind.Forbidden, "notAllowed");

    [Fact]
    public void Anybody_may_take_one_that_is_meant_for_no_department() =>
        (OwnedBy(Owner.Nobody) with { Department = null }).Claim(Beto, null, Crew, At(1)).Done().Owner.IsAgent(IdOf(Beto)).Should().BeTrue();

    [Fact]
    public void A_colleague_s_is_refused_and_the_answer_names_the_owner()
    {
        var refusal = OpenWithAna().Claim(Carla, null, Crew, At(9)).No(RefusalKind.Conflict, "ownedByOther");

        refusal.Owner.Name.Should().Be("Ana");
        refusal.Message.Should().Contain("Ana");
    }

    [Fact]
    public void A_supervisor_and_an_admin_take_it_from_anyone()
    {
        OpenWithAna().Claim(Sol, null, Crew, At(9)).Done().Owner.IsAgent(IdOf(Sol)).Should().BeTrue();
        OpenWithAna().Claim(Ada, null, Crew, At(9)).Done().Owner.IsAgent(IdOf(Ada)).Should().BeTrue();
    }

    [Fact]
    public void The_owner_claims_again_without_any_effect_even_from_a_stale_screen()
    {
        var owned = OpenWithAna();

        owned.Claim(Ana, owned.Epoch - 1, Crew, At(9)).Should().Be(Decision.Unchanged(owned));
    }

    [Fact]
    public void A_claim_that_saw_an_older_epoch_is_refused()
    {
        var queued = Queued();

        queued.Claim(Ana, queued.Epoch - 1, Crew, At(9)).No(RefusalKind.Conflict, "staleEpoch");
        queued.Claim(Sol, queued.Epoch - 1, Crew, At(9)).No(RefusalKind.Conflict, "staleEpoch");
    }

    [Fact]
    public void Who_is_nobody_s_agent_or_left_the_company_may_not()
    {
        Queued().Claim(Left, null, Crew, At(9)).No(RefusalKind.Forbidden, "notAllowed");
        Queued().Claim(Ana with { Role = Role.None }, null, Crew, At(9)).No(RefusalKind.Forbidden, "notAllowed");
        Queued().Claim(Actor.Flow(Run, "Qualify"), null, Crew, At(9)).No(RefusalKind.Forbidden, "notAllowed");
    }

    [Fact]
    public void A_finished_one_is_reopened_not_claimed() => Finished().Claim(Ana, null, Crew, At(30)).No(RefusalKind.Conflict, "finished");

    [Fact]
    public void A_claim_parks_the_run_and_takes_its_problems_over()
    {
        var faulted = Automated().Fault(Trouble(9), Run, At(1)).Done();

        var claim = faulted.Claim(Ana, null, Crew, At(2));

        claim.Next.Tab.Should().Be(Tab.Waiting);
        claim.Next.FlowInstance.Should().Be(Run);
        claim.History.Select(h => h.Kind).Should().Equal("claimed", "problemResolved", "tabChanged");
    }

    [Fact]
    public void A_claim_does_not_repair_a_closed_window_or_a_colleague_s_failed_message()
    {
        var closed = Queued().Fault(Trouble(9, ProblemKind.Window), null, At(1)).Done();
        var failed = OpenWithAna().Fault(Trouble(9, ProblemKind.Send), null, At(4)).Done();

        closed.Claim(Ana, null, Crew, At(2)).Done().Tab.Should().Be(Tab.Error);
        failed.Claim(Sol, null, Crew, At(5)).Done().Tab.Should().Be(Tab.Error);
    }

    [Fact]
    public void A_claim_neither_resets_nor_postpones_a_running_clock()
    {
        var answeredByBot = Queued().MessageAccepted(Queued().Says(AuthorKind.Flow));

        answeredByBot.UnansweredSince.Should().BeNull();
        answeredByBot.Claim(Ana, null, Crew, At(60)).Done().HumanWaitSince.Should().Be(At(0));
    }

    [Fact]
    public void Taking_over_an_open_one_in_which_nothing_is_owed_starts_no_clock()
    {
        var settled = OpenWithAna().MessageAccepted(OpenWithAna().Says(AuthorKind.Agent));

        var taken = settled.Claim(Sol, null, Crew, At(60)).Done();

        taken.Tab.Should().Be(Tab.Open);
        taken.HumanWaitSince.Should().BeNull();
    }
}
