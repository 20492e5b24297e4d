using FlowEngine.Conversations;
using static FlowEngine.Tests.Conversations.Desk;

namespace FlowEngine.Tests.Conversations;

public sealed class EndFlowTests
{
    [Theory]
    [InlineData(Disposition.Default)]
    [InlineData(Disposition.Queue)]
    public void A_lead_who_wrote_goes_to_the_queue_of_the_department(Disposition disposition)
    {
        var ended = Automated().EndFlow(Run, disposition, At(4), Id(9), Crew).Done();

        ended.Owner.Should().Be(Owner.Queue("sales", "Sales"));
        ended.Tab.Should().Be(Tab.Waiting);
        ended.HumanWaitSince.Should().Be(At(0));
        ended.FlowInstance.Should().BeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("closed")]
    public void Without_a_usable_department_a_lead_who_wrote_waits_for_anybody(string? department)
    {
        var ended = (Automated() with { Department = department }).EndFlow(Run, Disposition.Queue, At(4), Id(9), Crew).Done();

        ended.Owner.Should().Be(Owner.Nobody);
        ended.Tab.Should().Be(Tab.Waiting);
        ended.HumanWaitSince.Should().Be(At(0));
        ended.StartFlow(Id(8), "Another", At(5), "message").Refusal.Should().NotBeNull("people were asked for, not another flow");
    }

    [Fact]
    public void A_lead_who_never_wrote_waits_for_nothing_and_a_repaired_fault_ends_the_clock_that_it_had_started()
    {
        var fault = WithFlow().Fault(Trouble(9), Run, At(1)).Done();
        fault.HumanWaitSince.Should().Be(At(1));
        var repaired = fault.ResolveProblems(_ => true, Actor.System, "retried", At(2)).Done();
        repaired.HumanWaitSince.Should().BeNull("the flow owes the answer again, and no person had been promised");

        var ended = (repaired with { HumanWaitSince = At(1) }).EndFlow(Run, Disposition.Default, At(4), Id(9), Crew).Done();

        ended.Tab.Should().Be(Tab.NotStarted);
        ended.HumanWaitSince.Should().BeNull();
    }

    [Fact]
    public void The_disposition_finalize_ends_the_episode()
    {
        var ended = Automated().EndFlow(Run, Disposition.Finalize, At(4), Id(9));

        ended.Next.Tab.Should().Be(Tab.Finished);
        ended.Next.FinishedBy.Should().Be("Qualify");
        ended.History.Select(h => h.Kind).Should().Equal("flowEnded", "finalized", "tabChanged");
    }

    [Fact]
    public void A_parked_run_that_ends_is_forgotten_and_takes_nothing_with_it()
    {
        var open = OpenWithAna();
        var ended = open.EndFlow(Run, Disposition.Finalize, At(4), Id(9)).Done();

        ended.FlowInstance.Should().BeNull();
        (ended.Owner, ended.Tab, ended.Epoch).Should().Be((open.Owner, Tab.Open, open.Epoch));
    }

    [Fact]
    public void A_run_that_has_nothing_to_do_with_it_is_refused() =>
        OpenWithAna().EndFlow(OtherRun, Disposition.Finalize, At(4), Id(9)).No(RefusalKind.Conflict, "ownedByOther");
}
