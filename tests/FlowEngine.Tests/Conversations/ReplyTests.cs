using FlowEngine.Conversations;
using static FlowEngine.Tests.Conversations.Desk;

namespace FlowEngine.Tests.Conversations;

public sealed class ReplyTests
{
    [Fact]
    public void A_first_reply_claims_and_engages_and_the_clock_runs_until_it_is_accepted()
    {
        var decision = Automated().Reply(Ana, Crew, At(3));

        decision.Next.Owner.IsAgent(IdOf(Ana)).Should().BeTrue();
        decision.Next.Tab.Should().Be(Tab.Open);
        decision.Next.HumanWaitSince.Should().Be(At(0));
        decision.Next.Unread.Should().Be(0);
        decision.History.Select(h => h.Kind).Should().Equal("claimed", "replied", "tabChanged");
    }

    [Fact]
    public void The_owner_s_later_replies_change_neither_owner_nor_epoch()
    {
        var open = OpenWithAna();
        var again = open.Reply(Ana, Crew, At(5));

        (again.Next.Owner, again.Next.Epoch).Should().Be((open.Owner, open.Epoch));
        again.History.Should().BeEmpty();
    }

    [Fact]
    public void A_colleague_s_conversation_is_refused_naming_the_owner() =>
        OpenWithAna().Reply(Carla, Crew, At(5)).No(RefusalKind.Conflict, "ownedByOther").Owner.Name.Should().Be("Ana");

    [Fact]
    public void A_supervisor_intervenes_and_the_owner_stays()
    {
        var decision = OpenWithAna().Reply(Sol, Crew, At(5));

        decision.Next.Owner.IsAgent(IdOf(Ana)).Should().BeTrue();
        decision.Next.Epoch.Should().Be(OpenWithAna().Epoch);
        decision.History.Should().ContainSingle().Which.Cause.Should().Be("intervention");
        decision.Next.IsIntervention(Sol).Should().BeTrue();
        decision.Next.IsIntervention(Ana).Should().BeFalse();
    }

    [Fact]
    public void A_supervisor_s_reply_to_a_bot_s_lead_is_a_claim() =>
        Automated().Reply(Sol, Crew, At(5)).Done().Owner.IsAgent(IdOf(Sol)).Should().BeTrue();

    [Fact]
    public void Another_department_a_finished_episode_and_a_machine_are_refused()
    {
        Automated().Reply(Beto, Crew, At(5)).No(RefusalKind.Forbidden, "notAllowed");
        Finished().Reply(Ana, Crew, At(30)).No(RefusalKind.Conflict, "finished");
        Automated().Reply(Actor.System, Crew, At(5)).No(RefusalKind.Forbidden, "notAllowed");
    }

    [Fact]
    public void An_accepted_human_message_ends_both_clocks()
    {
        var settled = OpenWithAna().MessageAccepted(OpenWithAna().Says(AuthorKind.Agent));

        (settled.UnansweredSince, settled.HumanWaitSince).Should().Be((null, null));
    }

    [Theory]
    [InlineData(AuthorKind.Flow)]
    [InlineData(AuthorKind.Ai)]
    [InlineData(AuthorKind.OtherApp)]
    [InlineData(AuthorKind.System)]
    public void An_automatic_message_never_touches_the_human_clock(AuthorKind author)
    {
        var settled = Queued().MessageAccepted(Queued().Says(author));

        settled.UnansweredSince.Should().BeNull();
        settled.HumanWaitSince.Should().Be(At(0));
    }

    [Fact]
    public void A_lead_who_wrote_after_the_reply_was_composed_still_waits()
    {
        var reply = OpenWithAna().Says(AuthorKind.Agent) with { Order = 4 };

        var settled = OpenWithAna().Writes(6).MessageAccepted(reply, lastLeadOrder: 5);

        settled.HumanWaitSince.Should().Be(reply.At, "what came before the reply is answered, what came after is not");
        settled.UnansweredSince.Should().Be(reply.At);
    }

    [Fact]
    public void Without_order_numbers_a_clock_that_started_after_the_message_stays()
    {
        var quiet = OpenWithAna().MessageAccepted(OpenWithAna().Says(AuthorKind.Agent));
        var next = quiet.Says(AuthorKind.Agent, 51, minute: 7);

        quiet.Writes(8).MessageAccepted(next).HumanWaitSince.Should().Be(At(8));
    }

    [Fact]
    public void A_message_of_an_older_episode_answers_nothing_of_this_one()
    {
        var old = OpenWithAna().Says(AuthorKind.Agent);
        var back = Finished().Writes(12);

        back.MessageAccepted(old).Should().Be(back);
    }

    [Fact]
    public void An_echo_leaves_an_agent_s_conversation_with_the_agent()
    {
        var echoed = OpenWithAna().PhoneEcho(At(4)).Done();

        echoed.Owner.IsAgent(IdOf(Ana)).Should().BeTrue();
        echoed.Epoch.Should().Be(OpenWithAna().Epoch);
        echoed.HumanWaitSince.Should().BeNull("it has reached the lead already");
        Finished().PhoneEcho(At(30)).Should().Be(Decision.Unchanged(Finished()));
    }

    [Fact]
    public void An_echo_preempts_the_flow()
    {
        var echoed = Automated().PhoneEcho(At(4)).Done();

        echoed.Epoch.Should().Be(Automated().Epoch + 1);
        echoed.FlowInstance.Should().Be(Run);
        echoed.PhoneEcho(At(5)).Done().Epoch.Should().Be(echoed.Epoch);
    }
}
