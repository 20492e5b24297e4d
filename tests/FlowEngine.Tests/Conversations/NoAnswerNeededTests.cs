using FlowEngine.Conversations;
using static FlowEngine.Tests.Conversations.Desk;

namespace FlowEngine.Tests.Conversations;

/// <summary>"Thank you!": the clock of a lead whose last words want no answer (ownership.md section 2, human-wait-since).</summary>
public sealed class NoAnswerNeededTests
{
    private static Conversation Thanked() => Answered().Writes(20);

    [Fact]
    public void Both_clocks_end_and_nothing_else_changes()
    {
        var before = Thanked() with { Unread = 1 };
        var decision = before.NoAnswerNeeded(Ana, At(21), 7, 7);

        decision.Done().Should().Be(before with { UnansweredSince = null, HumanWaitSince = null, Unread = 0 });
        decision.History.Select(h => (h.Kind, h.Actor, h.Epoch)).Should().Equal(("noAnswerNeeded", Ana, before.Epoch));
    }

    [Fact]
    public void The_next_message_starts_the_clock_again() =>
        Thanked().NoAnswerNeeded(Ana, At(21), null, 7).Done().Writes(30).HumanWaitSince.Should().Be(At(30));

    [Fact]
    public void Whoever_takes_it_over_later_does_not_owe_what_was_waived() =>
        Thanked().NoAnswerNeeded(Ana, At(21), null, 7).Done().Transfer(Ana, new Target("support", null), Crew, At(40)).Done().HumanWaitSince.Should().BeNull();

    [Fact]
    public void A_message_that_the_actor_has_not_seen_stops_it() =>
        Thanked().NoAnswerNeeded(Ana, At(21), seenOrder: 6, lastLeadOrder: 7).No(RefusalKind.Conflict, "newMessage");

    [Fact]
    public void A_lead_whom_no_person_has_answered_is_answered_or_finalized() =>
        Queued().Claim(Ana, null, Crew, At(2)).Done().NoAnswerNeeded(Ana, At(3), null, 0).No(RefusalKind.Invalid, "notAnswered");

    [Fact]
    public void The_owner_and_supervisors_may_and_nobody_else()
    {
        Thanked().NoAnswerNeeded(Sol, At(21), null, 7).Accepted.Should().BeTrue();
        Thanked().NoAnswerNeeded(Carla, At(21), null, 7).No(RefusalKind.Conflict, "ownedByOther");
        Thanked().NoAnswerNeeded(N8n, At(21), null, 7).No(RefusalKind.Forbidden, "notAllowed");
        Finished().NoAnswerNeeded(Ana, At(21), null, 7).No(RefusalKind.Conflict, "finished");
    }

    [Fact]
    public void Where_nothing_is_owed_nothing_happens() =>
        Answered().NoAnswerNeeded(Ana, At(21), null, 0).Should().Be(Decision.Unchanged(Answered()));

    private static Conversation Answered() => OpenWithAna().MessageAccepted(OpenWithAna().Says(AuthorKind.Agent), lastLeadOrder: 0);
}
