using FlowEngine.Conversations;
using static FlowEngine.Tests.Conversations.Desk;

namespace FlowEngine.Tests.Conversations;

public sealed class SendGateTests
{
    private static GateVerdict Ask(Conversation c, Message m, bool earlier = false, bool usable = true, int minute = 5, bool optedOut = false) =>
        SendGate.Check(c, m, earlier, usable, At(minute), Margin, optedOut);

    private static string? StopCode(GateVerdict verdict) => (verdict as GateVerdict.Stop)?.Error.Code;

    private static readonly GateVerdict Go = new GateVerdict.Release();

    [Fact]
    public void The_owning_run_speaks()
    {
        Ask(Automated(), Automated().Says(AuthorKind.Flow)).Should().Be(Go);
        Ask(Automated(), Automated().Says(AuthorKind.Ai)).Should().Be(Go);
        StopCode(Ask(Automated(), Automated().Says(AuthorKind.Flow) with { InstanceId = OtherRun })).Should().Be("stale");
        StopCode(Ask(Automated(), Automated().Says(AuthorKind.Flow) with { InstanceId = null })).Should().Be("stale");
    }

    [Fact]
    public void What_was_said_before_a_claim_stays_unsaid_even_when_the_same_run_owns_it_again()
    {
        var before = Automated().Says(AuthorKind.Flow);
        var again = Automated().Claim(Ana, null, Crew, At(2)).Done().ReleaseToFlow(Ana, Run, "Qualify", At(3)).Done();

        again.Owner.IsFlow(Run).Should().BeTrue();
        StopCode(Ask(again, before)).Should().Be("stale");
        Ask(again, again.Says(AuthorKind.Flow)).Should().Be(Go);
    }

    [Fact]
    public void What_was_said_before_a_fault_stays_unsaid_although_the_owner_stays()
    {
        var before = Automated().Says(AuthorKind.Flow);
        var faulted = Automated().Fault(Trouble(9), Run, At(2)).Done();

        StopCode(Ask(faulted, before)).Should().Be("stale");
    }

    [Fact]
    public void Last_words_go_after_the_handoff_and_the_finalize_until_somebody_claims()
    {
        var said = Automated().Says(AuthorKind.Flow);
        var queued = Queued();
        var words = LastWords.Restamp([said], Run, Automated().Epoch, queued.Epoch).Single();
        var ended = Automated().FinalizeByFlow(Run, null, At(2)).Done();
        var farewell = LastWords.Restamp([said], Run, Automated().Epoch, ended.Epoch).Single();

        StopCode(Ask(queued, said)).Should().Be("stale");
        Ask(queued, words).Should().Be(Go);
        Ask(ended, farewell).Should().Be(Go);
        StopCode(Ask(queued.Claim(Ana, null, Crew, At(2)).Done(), words)).Should().Be("stale");
        StopCode(Ask(ended.Reopen(Ana, Crew, At(3)).Done(), farewell)).Should().Be("stale");
    }

    [Fact]
    public void Only_unreleased_words_of_that_run_under_its_last_grant_are_restamped()
    {
        var said = Automated().Says(AuthorKind.Flow);
        Message[] others =
        [
            said with { State = MessageState.Released }, said with { State = MessageState.Stopped }, said with { InstanceId = OtherRun },
            said with { Epoch = said.Epoch - 1 }, said with { Author = AuthorKind.Agent },
        ];

        LastWords.Restamp([said, .. others], Run, said.Epoch, 9).Should().Equal(said with { Epoch = 9, LastWords = true });
    }

    [Fact]
    public void An_agent_speaks_as_owner_under_any_epoch_and_otherwise_only_to_intervene()
    {
        var reply = OpenWithAna().Says(AuthorKind.Agent);
        var elsewhere = OpenWithAna().Transfer(Ana, new Target("support", null), Crew, At(4)).Done();

        Ask(OpenWithAna(), reply with { Epoch = 0 }).Should().Be(Go);
        StopCode(Ask(elsewhere, reply)).Should().Be("stale");
        Ask(elsewhere, reply with { Intervention = true }).Should().Be(Go);
        StopCode(Ask(Finished(), reply with { Intervention = true })).Should().Be("finished");
    }

    [Fact]
    public void A_system_notice_is_silent_while_a_person_attends()
    {
        Ask(Queued(), Queued().Says(AuthorKind.System)).Should().Be(Go);
        StopCode(Ask(OpenWithAna(), OpenWithAna().Says(AuthorKind.System))).Should().Be("stale");
        var outside = Automated().PhoneEcho(At(2)).Done();
        StopCode(Ask(outside, outside.Says(AuthorKind.System))).Should().Be("stale");
    }

    [Fact]
    public void An_outside_automation_speaks_only_while_it_owns()
    {
        var app = OwnedBy(Owner.OtherApp("n8n", "n8n"));
        var message = app.Says(AuthorKind.OtherApp) with { AuthorId = "n8n" };

        Ask(app, message).Should().Be(Go);
        StopCode(Ask(app, message with { AuthorId = "zapier" })).Should().Be("stale");
        StopCode(Ask(Automated(), message with { Epoch = Automated().Epoch })).Should().Be("stale");
    }

    [Fact]
    public void Free_text_stops_at_the_end_of_the_window_and_a_template_does_not()
    {
        var text = Automated().Says(AuthorKind.Flow);
        var template = text with { Content = new MessageContent { Kind = "template", Template = new TemplateUse("hello", "es", []) } };

        StopCode(Ask(Automated(), text, minute: 24 * 60 - 1)).Should().Be("windowClosed");
        Ask(Automated(), text, minute: 24 * 60 - 2).Should().Be(Go);
        Ask(Automated(), template, minute: 9999).Should().Be(Go);
    }

    [Fact]
    public void Who_opted_out_hears_people_only()
    {
        StopCode(Ask(Automated(), Automated().Says(AuthorKind.Flow), optedOut: true)).Should().Be("optedOut");
        Ask(OpenWithAna(), OpenWithAna().Says(AuthorKind.Agent), optedOut: true).Should().Be(Go);
    }

    [Fact]
    public void It_waits_for_the_connection_and_for_the_message_before_it_unless_it_must_never_go()
    {
        var said = Automated().Says(AuthorKind.Flow);

        Ask(Automated(), said, usable: false).Should().Be(new GateVerdict.Hold("connection"));
        Ask(Automated(), said, earlier: true).Should().Be(new GateVerdict.Hold("earlierUnsettled"));
        Ask(Automated(), said with { State = MessageState.Unknown }).Should().Be(new GateVerdict.Hold("notQueued"));
        StopCode(Ask(Queued(), said, earlier: true, usable: false)).Should().Be("stale");
    }
}
