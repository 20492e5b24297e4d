using FlowEngine.Conversations;
using static FlowEngine.Tests.Conversations.Desk;

namespace FlowEngine.Tests.Conversations;

/// <summary>An outside automation as owner: what it may take, say and give, and what takes it away.</summary>
public sealed class AppTests
{
    private static readonly AppClaims Everything = new(FromFlow: true, FromQueue: true);
    private static readonly Target Sales = new("sales", null);

    [Fact]
    public void It_takes_what_nobody_owns_and_is_the_owner_under_a_new_epoch()
    {
        var before = Imported().Writes(0);
        var taken = before.ClaimAsApp(N8n, before.Epoch, default, At(1)).Done();

        taken.Owner.Should().Be(Owner.OtherApp("n8n", "n8n"));
        taken.Epoch.Should().Be(before.Epoch + 1);
        taken.Tab.Should().Be(Tab.Automated);
        taken.ResponsibleId.Should().BeNull();
    }

    [Fact]
    public void Asked_twice_it_is_the_same_grant()
    {
        var again = WithApp().ClaimAsApp(N8n, null, default, At(9));

        again.Accepted.Should().BeTrue();
        again.Next.Should().Be(WithApp());
        again.History.Should().BeEmpty();
    }

    [Fact]
    public void It_takes_nothing_from_people_whatever_the_connection_allows()
    {
        foreach (var attended in new[]
        {
            OpenWithAna(), Queued().Claim(Ana, null, Crew, At(2)).Done(), Automated().PhoneEcho(At(2)).Done(),
            OpenWithAna().ReleaseToQueue(Ana, "support", Crew, At(9)).Done(),
        })
        {
            attended.ClaimAsApp(N8n, null, Everything, At(10)).No(RefusalKind.Conflict, "ownedByOther");
        }

        Finished().ClaimAsApp(N8n, null, Everything, At(20)).No(RefusalKind.Conflict, "finished");
        WithApp().ClaimAsApp(Elsa, null, Everything, At(9)).No(RefusalKind.Conflict, "ownedByOther").Owner.Name.Should().Be("n8n");
        Imported().ClaimAsApp(Ana, null, Everything, At(9)).No(RefusalKind.Forbidden, "notAllowed");
    }

    [Fact]
    public void From_a_flow_or_a_queue_it_takes_only_where_the_connection_says_so()
    {
        Automated().ClaimAsApp(N8n, null, new AppClaims(false, FromQueue: true), At(9)).No(RefusalKind.Conflict, "ownedByOther");
        Queued().ClaimAsApp(N8n, null, new AppClaims(FromFlow: true, false), At(9)).No(RefusalKind.Conflict, "ownedByOther");

        var preempted = Automated().ClaimAsApp(N8n, null, Everything, At(9)).Done();
        preempted.Owner.IsApp("n8n").Should().BeTrue();
        preempted.FlowInstance.Should().Be(Run, "the run is parked, and a release goes on with it");

        var fromQueue = Queued().ClaimAsApp(N8n, null, Everything, At(9)).Done();
        fromQueue.Tab.Should().Be(Tab.Automated);
        fromQueue.HumanWaitSince.Should().Be(Queued().HumanWaitSince, "nothing automatic ends or postpones the human clock (I14)");
    }

    [Fact]
    public void It_takes_nothing_out_of_error()
    {
        var failed = Imported().Writes(0).Fault(Trouble(1, ProblemKind.Window), null, At(2)).Done();

        failed.ClaimAsApp(N8n, null, Everything, At(9)).No(RefusalKind.Conflict, "inError");
    }

    [Fact]
    public void It_speaks_under_the_epoch_that_it_holds_and_under_no_other()
    {
        var spoken = WithApp().SayAsApp(N8n, WithApp().Epoch, At(2)).Done();
        spoken.AutomationWrote.Should().BeTrue();

        WithApp().SayAsApp(N8n, WithApp().Epoch - 1, At(2)).No(RefusalKind.Conflict, "staleEpoch");
        WithApp().SayAsApp(Elsa, WithApp().Epoch, At(2)).No(RefusalKind.Conflict, "ownedByOther");
        WithApp().SayAsApp(Ana, WithApp().Epoch, At(2)).No(RefusalKind.Forbidden, "notAllowed");
    }

    [Fact]
    public void A_person_takes_over_at_any_time_and_its_grant_is_gone()
    {
        var held = WithApp();
        var claimed = held.Claim(Ana, null, Crew, At(3)).Done();

        claimed.Tab.Should().Be(Tab.Waiting);
        claimed.SayAsApp(N8n, held.Epoch, At(4)).No(RefusalKind.Conflict, "ownedByOther").Owner.Name.Should().Be("Ana");
        var words = held.Says(AuthorKind.OtherApp) with { AuthorId = "n8n" };
        SendGate.Check(claimed, words, false, true, At(4), Margin).Should().BeOfType<GateVerdict.Stop>().Which.Error.Code.Should().Be("stale");
    }

    [Fact]
    public void It_hands_off_like_a_flow_and_a_second_handoff_learns_who_has_it()
    {
        var held = WithApp();
        var decision = held.HandOffByApp(N8n, held.Epoch, Sales, HandOffMode.Waiting, "wants a price", "3 desks", Crew, At(5));
        var given = decision.Done();

        given.Owner.Should().Be(Owner.Queue("sales", "Sales"));
        given.Tab.Should().Be(Tab.Waiting);
        given.HumanWaitSince.Should().Be(At(0), "the lead waits since the first unanswered message");
        var told = decision.History[0];
        (told.Kind, told.Cause, told.Actor).Should().Be(("handedOff", "wants a price", N8n));
        told.Data!["summary"].Should().Be("3 desks");
        given.HandOffByApp(N8n, held.Epoch, Sales, HandOffMode.Waiting, null, null, Crew, At(6)).No(RefusalKind.Conflict, "ownedByOther");
    }

    [Fact]
    public void Mode_open_gives_it_to_a_named_agent()
    {
        var given = WithApp().HandOffByApp(N8n, WithApp().Epoch, new Target(null, IdOf(Beto)), HandOffMode.Open, null, null, Crew, At(5)).Done();

        (given.Tab, given.ResponsibleName).Should().Be((Tab.Open, "Beto"));
        WithApp().HandOffByApp(N8n, WithApp().Epoch, Sales, HandOffMode.Open, null, null, Crew, At(5)).No(RefusalKind.Invalid, "unknownTarget");
    }

    [Fact]
    public void Let_go_of_a_lead_who_wrote_is_waiting_and_of_one_who_did_not_is_not()
    {
        var wrote = WithApp().ReleaseByApp(N8n, null, At(9)).Done();
        (wrote.Owner, wrote.Tab, wrote.HumanWaitSince).Should().Be((Owner.Nobody, Tab.Waiting, (DateTimeOffset?)At(0)));

        var silent = Imported().ClaimAsApp(N8n, null, default, At(1)).Done().ReleaseByApp(N8n, 1, At(9)).Done();
        (silent.Owner, silent.Tab, silent.HumanWaitSince).Should().Be((Owner.Nobody, Tab.NotStarted, (DateTimeOffset?)null));
    }

    [Fact]
    public void It_gives_back_to_the_flow_that_it_took_over_from()
    {
        var back = Automated().ClaimAsApp(N8n, null, Everything, At(3)).Done().ReleaseToFlow(N8n, Run, "Qualify", At(4)).Done();

        back.Owner.IsFlow(Run).Should().BeTrue();
        WithApp().ReleaseToFlow(Elsa, Run, "Qualify", At(4)).No(RefusalKind.Forbidden, "notAllowed");
    }

    [Fact]
    public void Its_failed_message_puts_the_conversation_in_error_and_takes_the_grant_away()
    {
        var held = WithApp();
        var failed = held.FaultOfApp(Trouble(1, ProblemKind.Send), "n8n", At(5)).Done();

        (failed.Tab, failed.Owner, failed.Epoch).Should().Be((Tab.Error, held.Owner, held.Epoch + 1));
        failed.HumanWaitSince.Should().NotBeNull("a person is needed from now");
        failed.SayAsApp(N8n, failed.Epoch, At(6)).No(RefusalKind.Conflict, "inError");
        failed.FaultOfApp(Trouble(1, ProblemKind.Send), "n8n", At(7)).History.Should().BeEmpty();
        failed.Dismiss(Id(1), Sol, "wrong number", At(8)).Done().Owner.Should().Be(Owner.Nobody);
    }

    [Fact]
    public void A_message_that_fails_after_the_conversation_was_taken_over_leaves_it_alone()
    {
        var claimed = WithApp().Claim(Ana, null, Crew, At(3)).Done();

        claimed.FaultOfApp(Trouble(1, ProblemKind.Send), "n8n", At(5)).Done().Tab.Should().Be(Tab.Waiting);
    }

    [Fact]
    public void Taken_away_it_goes_to_the_department_and_without_one_to_nobody_in_waiting()
    {
        var queued = WithApp().TakeFromApp(Actor.System, "n8n did not answer", null, null, Crew, At(5)).Done();
        queued.Owner.Should().Be(Owner.Queue("sales", "Sales"));

        var nowhere = (WithApp() with { Department = null }).TakeFromApp(Actor.System, "n8n did not answer", null, null, Crew, At(5)).Done();
        (nowhere.Owner, nowhere.Tab).Should().Be((Owner.Nobody, Tab.Waiting));
        OpenWithAna().TakeFromApp(Actor.System, "late", null, null, Crew, At(5)).Next.Should().Be(OpenWithAna());
    }
}
