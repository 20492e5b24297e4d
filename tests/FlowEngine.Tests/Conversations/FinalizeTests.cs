using FlowEngine.Conversations;
using static FlowEngine.Tests.Conversations.Desk;

namespace FlowEngine.Tests.Conversations;

public sealed class FinalizeTests
{
    [Fact]
    public void It_ends_the_run_the_clocks_and_the_problems_and_keeps_who_was_responsible()
    {
        var before = OpenWithAna().Fault(Trouble(9, ProblemKind.Send), null, At(4)).Done();
        var decision = before.Finalize(Ana, "sold", At(10), null, 0);
        var ended = decision.Next;

        (ended.Tab, ended.Owner, ended.Epoch).Should().Be((Tab.Finished, Owner.Nobody, before.Epoch + 1));
        (ended.FlowInstance, ended.HumanWaitSince, ended.UnansweredSince).Should().Be((null, null, null));
        (ended.FinishedAt, ended.FinishedBy, ended.FinishReason, ended.ResponsibleName).Should().Be((At(10), "Ana", "sold", "Ana"));
        decision.History.Select(h => h.Kind).Should().Equal("finalized", "problemResolved", "tabChanged");
    }

    [Fact]
    public void The_owning_run_a_supervisor_and_a_rule_may_too()
    {
        Automated().FinalizeByFlow(Run, "done", At(9)).Done().FinishedBy.Should().Be("Qualify");
        OpenWithAna().Finalize(Sol, null, At(9), null, 0).Done().FinishedBy.Should().Be("Sol");
        OpenWithAna().Finalize(Rule, null, At(9), null, 0).Done().FinishedBy.Should().Be(Rule.Name);
        OpenWithAna().FinalizeByFlow(Run, null, At(9)).No(RefusalKind.Conflict, "alreadyHandedOff");
    }

    [Fact]
    public void An_unowned_one_grows_its_epoch_too_when_it_is_finalized()
    {
        var before = Imported();

        before.Finalize(Sol, null, At(9), null, 0).Done().Epoch.Should().Be(before.Epoch + 1);
    }

    [Fact]
    public void A_message_that_the_actor_has_not_seen_stops_it()
    {
        OpenWithAna().Finalize(Ana, null, At(9), seenOrder: 4, lastLeadOrder: 5).No(RefusalKind.Conflict, "newMessage");
        OpenWithAna().Finalize(Ana, null, At(9), seenOrder: 5, lastLeadOrder: 5).Accepted.Should().BeTrue();
        OpenWithAna().Finalize(Ana, null, At(9), seenOrder: null, lastLeadOrder: 5).Accepted.Should().BeTrue();
    }

    [Fact]
    public void Twice_is_once() => Finished().Finalize(Carla, "again", At(30), null, 0).Should().Be(Decision.Unchanged(Finished()));

    [Fact]
    public void A_person_reopens_a_new_episode_and_owns_it_without_a_clock()
    {
        var decision = Finished().Reopen(Carla, Crew, At(30));
        var again = decision.Done();

        (again.Tab, again.Episode, again.Epoch).Should().Be((Tab.Open, 2, Finished().Epoch + 1));
        (again.Owner, again.HumanWaitSince).Should().Be((Owner.Agent(IdOf(Carla), "Carla"), null));
        decision.History.Select(h => h.Kind).Should().Equal("reopened", "claimed", "tabChanged");
    }

    [Fact]
    public void Reopening_what_the_lead_reopened_first_is_a_claim_of_that_one_episode()
    {
        var back = Finished().Writes(60).Reopen(Carla, Crew, At(61)).Done();

        (back.Episode, back.Tab, back.HumanWaitSince).Should().Be((2, Tab.Waiting, At(60)));
    }

    [Fact]
    public void Another_department_may_not_reopen_it()
    {
        var refusal = Finished().Reopen(Beto, Crew, At(30));

        refusal.No(RefusalKind.Forbidden, "notAllowed");
        refusal.Next.Should().Be(Finished());
    }

    [Fact]
    public void Labels_fields_and_reading_touch_neither_owner_nor_epoch_nor_tab()
    {
        var before = Automated();
        var labels = before.ChangeLabels(["vip", "new"], ["old"], Carla, At(2));
        var field = labels.Next.SetField("budget", "100", Carla, At(2));
        var read = field.Next.MarkRead(Carla, At(2));

        labels.History.Should().ContainSingle().Which.Kind.Should().Be("labelAdded");
        labels.Next.ChangeLabels([], ["new"], Carla, At(3)).Next.Labels.Should().Equal("vip");
        field.History.Should().ContainSingle().Which.Data.Should().NotContainValue("100", "values are the lead's own");
        field.Next.SetField("budget", "", Carla, At(3)).Next.Fields.Should().BeEmpty();
        read.History.Should().BeEmpty();
        (read.Next with { Labels = before.Labels, Fields = before.Fields, Unread = before.Unread }).Should().Be(before);
    }
}
