using System.Text;
using FlowEngine.Conversations;
using FlowEngine.Engine.Deadlines;
using FlowEngine.Engine.Hooks;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Tests.Turns;

namespace FlowEngine.Tests.Deadlines;

/// <summary>Deadlines of people are decided by the turn, whatever wakes it and how late.</summary>
public sealed class DeadlineTurnTests
{
    private static readonly AnswerTargets Targets = new(TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(20), PauseWhenClosed: false);

    [Fact]
    public async Task An_answer_that_is_owed_past_its_time_is_late_once_however_often_somebody_looks()
    {
        var (engine, id) = await HandedOff();
        var due = TestEngine.Start + Targets.FirstResponse!.Value;
        engine.Clock.SetUtcNow(due);

        await Reached(engine, id);
        await Reached(engine, id);
        engine.Clock.Advance(TimeSpan.FromHours(1));
        await Reached(engine, id);

        var late = await engine.Conversation(id);
        late.MissedClock.Should().Be(late.HumanWaitSince);
        late.HumanWaitSince.Should().Be(TestEngine.Start, "no wake-up touches the clock");
        (late.Tab, late.Owner.Kind).Should().Be((Tab.Waiting, OwnerKind.Queue));
        var entry = History(engine, id, "slaBreached").Single();
        entry.Cause.Should().Be("firstResponse");
        entry.Data!["due"].Should().Be("2026-11-22T11:15:00Z");
        entry.Epoch.Should().Be(late.Epoch);
    }

    [Fact]
    public async Task A_reply_that_settled_in_time_is_not_late_though_the_wake_up_comes_afterwards()
    {
        var (engine, id) = await HandedOff();
        engine.Clock.Advance(TimeSpan.FromMinutes(14));
        await engine.Do(id, new Reply("r1", MessageContent.OfText("Hola")), TestEngine.Ana);
        engine.Clock.Advance(TimeSpan.FromMinutes(2));

        await Reached(engine, id);

        History(engine, id, "slaBreached").Should().BeEmpty();
    }

    [Fact]
    public async Task A_reply_that_was_on_the_wire_at_the_due_time_is_late_when_it_settles_after_it()
    {
        var (engine, id) = await HandedOff();
        engine.Clock.Advance(TimeSpan.FromSeconds((15 * 60) - 10));
        await engine.Ask(id, new Reply("r1", MessageContent.OfText("Hola")), TestEngine.Ana);
        await engine.Turn();
        engine.Clock.Advance(TimeSpan.FromSeconds(15));

        await engine.Settle();

        History(engine, id, "slaBreached").Should().ContainSingle("no wake-up came, and the turn that settles it looks by itself");
        (await engine.Conversation(id)).HumanWaitSince.Should().BeNull();
    }

    [Fact]
    public async Task After_the_first_reply_the_next_message_has_a_target_of_its_own()
    {
        var (engine, id) = await HandedOff();
        await engine.Do(id, new Reply("r1", MessageContent.OfText("Hola")), TestEngine.Ana);
        engine.Clock.Advance(TimeSpan.FromMinutes(5));
        await engine.LeadWrites("¿Y el precio?");
        await engine.Settle();
        var clock = (await engine.Conversation(id)).HumanWaitSince!.Value;

        engine.Clock.SetUtcNow(clock + Targets.NextResponse!.Value - TimeSpan.FromSeconds(1));
        await engine.Do(id, new MarkRead(), TestEngine.Ana);
        History(engine, id, "slaBreached").Should().BeEmpty("29:59 of 30 minutes have passed");
        engine.Clock.Advance(TimeSpan.FromSeconds(1));
        await Reached(engine, id, DeadlineKind.NextResponse);

        History(engine, id, "slaBreached").Single().Cause.Should().Be("nextResponse");
    }

    [Fact]
    public async Task A_late_first_answer_does_not_hide_a_late_second_one()
    {
        var (engine, id) = await HandedOff();
        engine.Clock.Advance(TimeSpan.FromHours(1));
        await engine.Do(id, new Reply("r1", MessageContent.OfText("Hola")), TestEngine.Ana);
        await engine.LeadWrites("¿Y el precio?");
        await engine.Settle();
        engine.Clock.Advance(TimeSpan.FromHours(1));
        await engine.Do(id, new Reply("r2", MessageContent.OfText("Cien")), TestEngine.Ana);

        History(engine, id, "slaBreached").Select(h => h.Cause).Should().Equal("firstResponse", "nextResponse");
    }

    [Fact]
    public async Task What_nobody_claims_overflows_with_its_clock_and_a_claim_ends_that()
    {
        var (engine, id) = await HandedOff();
        engine.Clock.SetUtcNow(TestEngine.Start + Targets.Overflow!.Value);
        await Reached(engine, id, DeadlineKind.Overflow);

        var moved = await engine.Conversation(id);
        moved.Owner.Id.Should().Be("soporte");
        moved.HumanWaitSince.Should().Be(TestEngine.Start);
        moved.OwnedSince.Should().Be(engine.Clock.GetUtcNow());
        moved.Epoch.Should().BeGreaterThan(1);
        History(engine, id, "overflowed").Should().ContainSingle();

        var (other, claimed) = await HandedOff();
        await other.Do(claimed, new Claim(), TestEngine.Ana);
        other.Clock.Advance(TimeSpan.FromHours(1));
        await Reached(other, claimed, DeadlineKind.Overflow);
        (await other.Conversation(claimed)).Owner.IsAgent(TestEngine.Ana).Should().BeTrue();
    }

    [Fact]
    public async Task People_are_told_of_a_window_once_before_its_end_and_once_after_it_and_a_new_message_begins_anew()
    {
        var (engine, id) = await HandedOff();
        var end = TestEngine.Start + Conversation.ServiceWindow;
        engine.Clock.SetUtcNow(end - TurnOptions.Default.WindowReminder);
        await Reached(engine, id, DeadlineKind.WindowClosing);
        await Reached(engine, id, DeadlineKind.WindowClosing);
        engine.Clock.SetUtcNow(end);
        await Reached(engine, id, DeadlineKind.WindowClosed);
        await Reached(engine, id, DeadlineKind.WindowClosed);

        History(engine, id, "windowClosing").Should().ContainSingle();
        History(engine, id, "windowClosed").Should().ContainSingle();
        await engine.LeadWrites("¿Hay alguien?");
        await engine.Settle();
        (await engine.Conversation(id)).WindowNotice.Should().Be(WindowNotice.None);
    }

    [Fact]
    public async Task A_lead_whom_nobody_has_taken_is_answered_within_the_companys_time()
    {
        var engine = new TestEngine();
        engine.Company.Replace(Targets, new Dictionary<string, AnswerTargets>());
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        engine.Clock.Advance(Targets.FirstResponse!.Value);

        await Reached(engine, id);

        (await engine.Conversation(id)).Owner.Kind.Should().Be(OwnerKind.Nobody);
        History(engine, id, "slaBreached").Should().ContainSingle();
    }

    [Fact]
    public async Task Whoever_listens_hears_of_it()
    {
        var heard = new List<string?>();
        var hooks = new HookSettings([new HookEndpoint(new Uri("http://receiver.test"), new HashSet<string> { HookTypes.SlaBreached }, null)]);
        var (engine, id) = await HandedOff(hooks);
        using var _ = engine.Live.Subscribe(change => heard.Add(change.Overdue));
        engine.Clock.SetUtcNow(TestEngine.Start + Targets.FirstResponse!.Value);

        await Reached(engine, id);

        heard.Should().Equal("slaBreached");
        var told = ((MemoryTurnStore)engine.Store).Hooks().Single();
        told.Type.Should().Be("conversation.slaBreached");
        Encoding.UTF8.GetString(told.Body).Should().Contain("\"target\":\"firstResponse\"").And.Contain("\"due\":\"2026-11-22T11:15:00Z\"");
    }

    [Fact]
    public async Task Nobody_who_owes_nothing_is_ever_late()
    {
        var (engine, id) = await HandedOff();
        await engine.Do(id, new Reply("r1", MessageContent.OfText("Hola")), TestEngine.Ana);
        var before = await engine.Conversation(id);
        engine.Clock.Advance(TimeSpan.FromDays(3));

        await Reached(engine, id);

        (await engine.Conversation(id)).Should().Be(before);
    }

    private static async Task<(TestEngine Engine, Guid Conversation)> HandedOff(HookSettings? hooks = null)
    {
        var engine = new TestEngine(hooks ?? HookSettings.None, TestFlows.NameThenHandOff);
        engine.Company.Replace(null, new Dictionary<string, AnswerTargets> { ["ventas"] = Targets });
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        await engine.LeadWrites("Marta");
        await engine.Settle();
        return (engine, id);
    }

    /// <summary>What a sweep appends: the deadline as it stands; one that no longer does is sent as it stood at the start.</summary>
    private static async Task Reached(TestEngine engine, Guid conversation, DeadlineKind kind = DeadlineKind.FirstResponse)
    {
        var waiting = Waiting.Of(await engine.Conversation(conversation));
        var open = waiting is null ? [] : OpenDeadlines.Of(waiting, engine.Company, TurnOptions.Default.WindowReminder).Where(d => d.Kind == kind).ToList();
        var deadline = open.Count > 0 ? open[0] : new Deadline(kind, TestEngine.Start, engine.Clock.GetUtcNow());
        var happened = new DeadlineReached(kind, deadline.Clock, deadline.Due);
        await engine.Append(new NewEvent(engine.Ids.Next(), $"deadline:{engine.Ids.Next()}", happened) { ConversationId = conversation });
        await engine.Settle();
    }

    private static List<HistoryEntry> History(TestEngine engine, Guid conversation, string kind) =>
        [.. ((MemoryTurnStore)engine.Store).History(conversation).Where(h => h.Kind == kind)];
}
