using System.Security.Claims;
using FlowEngine.Conversations;
using FlowEngine.Engine.Live;
using FlowEngine.Server.Inbox.Screens.Desk;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests.InboxScreens;

public sealed class DeskTests
{
    private static readonly Me Ana = new(Guid.Parse("0198aaaa-0000-7000-8000-00000000000a"), "Ana", Role.Agent);
    private static readonly Me Boss = new(Guid.Parse("0198aaaa-0000-7000-8000-00000000000b"), "Eva", Role.Supervisor);

    [Fact]
    public void A_session_s_claims_say_who_sits_here_with_the_highest_of_their_roles()
    {
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, Ana.Id.ToString()), new(ClaimTypes.Name, "Ana"), new(ClaimTypes.Role, "agent"), new(ClaimTypes.Role, "supervisor")]);

        Me.From(new ClaimsPrincipal(identity)).Should().Be(Ana with { Role = Role.Supervisor });
        Me.From(new ClaimsPrincipal(new ClaimsIdentity())).Should().BeNull();
    }

    [Fact]
    public void A_bot_s_conversation_can_be_taken_and_a_reply_takes_it()
    {
        Rights.Of(Screen.Detail(Owner.Flow(Guid.Empty, "Bot")), Ana)
            .Should().Be(new Rights(Claim: true, Steer: false, Waive: false, Reopen: false, Write: true, Intervenes: false, ReplyClaims: true));
    }

    [Fact]
    public void A_colleague_s_conversation_is_read_only_for_agents_and_open_to_intervention_for_supervisors()
    {
        var hers = Screen.Detail(Owner.Agent(Guid.Parse("0198aaaa-0000-7000-8000-00000000000c"), "Luz"));

        Rights.Of(hers, Ana).Should().Be(new Rights(false, false, false, false, false, false, false));
        Rights.Of(hers, Boss).Should().Be(new Rights(Claim: true, Steer: true, Waive: false, Reopen: false, Write: true, Intervenes: true, ReplyClaims: false));
    }

    [Fact]
    public void That_no_answer_is_needed_is_offered_while_a_person_attends_and_the_lead_waits()
    {
        var mine = Screen.Detail(Owner.Agent(Ana.Id, "Ana"));
        var waiting = mine with { Stage = Stage.Engaged, Row = mine.Row with { HumanWaitSince = Screen.Now } };

        Rights.Of(waiting, Ana).Waive.Should().BeTrue();
        Rights.Of(waiting with { Stage = Stage.Awaiting }, Ana).Waive.Should().BeFalse("nobody has answered yet");
        Rights.Of(waiting with { Row = waiting.Row with { HumanWaitSince = null } }, Ana).Waive.Should().BeFalse("nobody waits");
        Rights.Of(waiting with { Row = waiting.Row with { Owner = Owner.Agent(Boss.Id, "Luz") } }, Ana).Waive.Should().BeFalse("it is a colleague's");
    }

    [Fact]
    public void A_finished_conversation_can_only_be_reopened() =>
        Rights.Of(Screen.Detail(Owner.Nobody, Lifecycle.Finished), Boss).Should().Be(new Rights(false, false, false, Reopen: true, false, false, false));

    [Fact]
    public void The_window_is_closed_when_unknown_past_or_within_its_last_minute()
    {
        ReplyWindow.Of(Screen.Detail(Owner.Nobody), Screen.WhatsApp).IsOpen(Screen.Now).Should().BeFalse();
        ReplyWindow.Of(Screen.Detail(Owner.Nobody, window: Screen.Now.AddSeconds(50)), Screen.WhatsApp).IsOpen(Screen.Now).Should().BeFalse();
        ReplyWindow.Of(Screen.Detail(Owner.Nobody, window: Screen.Now.AddSeconds(70)), Screen.WhatsApp).IsOpen(Screen.Now).Should().BeTrue();
        ReplyWindow.Of(Screen.Detail(Owner.Nobody), Screen.WhatsApp with { Kind = "webchat" }).IsOpen(Screen.Now).Should().BeTrue("only WhatsApp has a window");
    }

    [Fact]
    public void A_storm_of_changes_is_one_refresh_every_quarter_second()
    {
        var (feed, time, batches) = (new LiveFeed(), new FakeTimeProvider(), new List<LiveBatch>());
        using var live = new DeskLive(feed, time);
        live.Start(batch =>
        {
            batches.Add(batch);
            return Task.CompletedTask;
        });

        for (var i = 0; i < 100; i++)
        {
            feed.Publish(Change(i % 3, isNew: i == 7));
        }

        batches.Should().BeEmpty("the first quarter second gathers");
        time.Advance(DeskLive.Pace);

        var batch = batches.Should().ContainSingle().Subject;
        batch.Changed.Should().HaveCount(3);
        batch.Tabs.Should().BeEquivalentTo([Tab.Automated, Tab.Waiting]);
        batch.Arrived.Should().ContainSingle("a chat that people must see is announced however many changes surround it");
    }

    [Fact]
    public async Task A_change_during_a_slow_refresh_is_looked_at_right_after_it()
    {
        var (feed, time, seen) = (new LiveFeed(), new FakeTimeProvider(), 0);
        var slow = new TaskCompletionSource();
        using var live = new DeskLive(feed, time);
        live.Start(_ => ++seen == 1 ? slow.Task : Task.CompletedTask);

        feed.Publish(Change(1));
        time.Advance(DeskLive.Pace);
        feed.Publish(Change(2));
        time.Advance(DeskLive.Pace * 4);
        seen.Should().Be(1, "two refreshes of one desk never overlap");

        slow.SetResult();
        await Task.Yield();
        time.Advance(DeskLive.Pace);
        seen.Should().Be(2);
    }

    [Fact]
    public void A_closed_desk_hears_nothing_more()
    {
        var (feed, time, seen) = (new LiveFeed(), new FakeTimeProvider(), 0);
        var live = new DeskLive(feed, time);
        live.Start(_ => Task.FromResult(seen++));

        live.Dispose();
        feed.Publish(Change(1));
        time.Advance(TimeSpan.FromSeconds(5));

        seen.Should().Be(0);
    }

    private static ConversationChanged Change(int n, bool isNew = false) =>
        new(new Guid(n, 0, 0, new byte[8]), 2, Tab.Automated, Tab.Waiting, Owner.Nobody, "demo", "ventas", null, isNew);
}
