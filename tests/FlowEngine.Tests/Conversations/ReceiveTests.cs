using FlowEngine.Conversations;
using static FlowEngine.Tests.Conversations.Desk;

namespace FlowEngine.Tests.Conversations;

public sealed class ReceiveTests
{
    private static Decision Receive(Conversation c, int written, int now) =>
        c.ReceiveLeadMessage(At(written), At(now), true, "thanks", ReentryPolicy.Default);

    [Fact]
    public void The_window_is_a_day_from_when_it_was_written_and_never_moves_back()
    {
        var fresh = Imported().Writes(100);
        var late = Receive(fresh, 10, 101).Done();

        fresh.WindowUntil.Should().Be(At(100).AddDays(1));
        late.WindowUntil.Should().Be(fresh.WindowUntil);
        late.UnansweredSince.Should().Be(At(100));
        late.Unread.Should().Be(2);
        late.Preview.Should().Be("thanks");
    }

    [Fact]
    public void A_time_in_the_future_counts_as_now() =>
        Receive(Imported(), 500, 1).Done().WindowUntil.Should().Be(At(1).AddDays(1));

    [Fact]
    public void An_unknown_window_counts_as_closed_and_the_margin_is_kept_free()
    {
        Imported().WindowOpenAt(Noon, Margin).Should().BeFalse();
        Imported().Writes(0).WindowOpenAt(At(24 * 60 - 2), Margin).Should().BeTrue();
        Imported().Writes(0).WindowOpenAt(At(24 * 60 - 1), Margin).Should().BeFalse();
    }

    [Fact]
    public void While_a_flow_owns_it_the_lead_waits_for_the_flow_not_for_a_person()
    {
        var wrote = Automated().Writes(5);

        wrote.UnansweredSince.Should().Be(At(0));
        wrote.HumanWaitSince.Should().BeNull();
        wrote.OweAnswer(At(5)).Should().Be(Decision.Unchanged(wrote));
    }

    [Fact]
    public void While_a_person_attends_the_first_unanswered_message_starts_the_clock()
    {
        var answered = OpenWithAna().MessageAccepted(OpenWithAna().Says(AuthorKind.Agent));

        answered.Writes(20).Writes(25).HumanWaitSince.Should().Be(At(20));
    }

    [Fact]
    public void Only_the_first_message_of_an_episode_is_a_line_of_the_story()
    {
        Receive(Imported(), 0, 0).History.Select(h => h.Kind).Should().Equal("leadWrote", "tabChanged");
        Receive(Imported().Writes(0), 1, 1).History.Should().BeEmpty();
    }

    [Fact]
    public void Within_the_grace_thanks_goes_to_the_same_person_and_starts_no_flow()
    {
        var back = Receive(Finished(), 19, 300).Done();

        back.Owner.Should().Be(Owner.Agent(IdOf(Ana), "Ana"));
        back.Tab.Should().Be(Tab.Waiting);
        back.HumanWaitSince.Should().Be(At(19));
        back.StartFlow(OtherRun, "Qualify", At(300), "message").No(RefusalKind.Conflict, "ownedByOther");
    }

    [Fact]
    public void After_the_grace_a_new_episode_begins_with_nobody()
    {
        var decision = Receive(Finished(), 20, 20);
        var back = decision.Done();

        back.Owner.Should().Be(Owner.Nobody);
        (back.Episode, back.Epoch).Should().Be((2, Finished().Epoch + 1));
        (back.LeadWrote, back.AutomationWrote, back.Stage).Should().Be((true, false, Stage.None));
        (back.ResponsibleId, back.FinishedAt, back.FinishReason).Should().Be((null, null, null));
        decision.History.Select(h => h.Kind).Should().Equal("reopened", "leadWrote", "tabChanged");
        back.StartFlow(OtherRun, "Qualify", At(20), "message").Done().Tab.Should().Be(Tab.Automated);
    }

    [Fact]
    public void The_grace_needs_a_person_who_still_works_here()
    {
        var gone = Crew with { Agents = Crew.Agents.SetItem(IdOf(Ana), Crew.Agents[IdOf(Ana)] with { Active = false }) };
        var byFlow = Automated().FinalizeByFlow(Run, null, At(10)).Done();

        Finished().ReceiveLeadMessage(At(11), At(11), true, "hi", ReentryPolicy.Default, gone).Done().Owner.Should().Be(Owner.Nobody);
        Receive(byFlow, 11, 11).Done().Owner.Should().Be(Owner.Nobody);
    }

    [Fact]
    public void A_created_lead_is_a_line_of_the_story_that_changes_nothing()
    {
        var created = Imported().Created(Actor.System, "form", Noon);

        created.Next.Source.Should().Be("form");
        (created.Next.Epoch, created.Next.Tab).Should().Be((0L, Tab.NotStarted));
        created.History.Should().ContainSingle().Which.Kind.Should().Be("created");
    }
}
