using FlowEngine.Engine.Flows;
using FlowEngine.Workflows.Triggers;

namespace FlowEngine.Tests.Flows;

public sealed class TimedRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 5, 29, 30, TimeSpan.Zero);

    [Fact]
    public void A_timer_comes_again_and_again_on_its_own_grid_and_makes_up_for_what_was_missed_once()
    {
        var rule = Rule("Elsa.Timer", "Interval", TimeSpan.FromMinutes(1))!;

        rule.First(Now).Should().Be(Now.AddMinutes(1));
        rule.Next(Now.AddMinutes(1), Now.AddMinutes(1)).Should().Be(Now.AddMinutes(2));
        rule.Next(Now.AddMinutes(1), Now.AddMinutes(10.5)).Should().Be(Now.AddMinutes(11));
        rule.Next(Now.AddMinutes(1), Now.AddMinutes(10)).Should().Be(Now.AddMinutes(11), "a time that is just now has been made up for");
    }

    [Fact]
    public void A_cron_time_never_comes_twice_and_never_early()
    {
        var rule = Rule("Elsa.Cron", "CronExpression", "0 30 5 * * *")!;
        var due = new DateTimeOffset(2026, 3, 2, 5, 30, 0, TimeSpan.Zero);

        rule.First(Now).Should().Be(due);
        rule.Next(due, due).Should().Be(due.AddDays(1));
        rule.Next(due, due.AddMilliseconds(-1)).Should().Be(due.AddDays(1), "a clock that stands a little behind does not bring the same time again");
        rule.Next(due, due.AddDays(3)).Should().Be(due.AddDays(4));
    }

    [Fact]
    public void A_time_that_is_past_does_not_come_and_one_to_come_comes_once()
    {
        var rule = Rule("Elsa.StartAt", "DateTime", Now.AddHours(1))!;

        rule.First(Now).Should().Be(Now.AddHours(1));
        rule.First(Now.AddHours(1)).Should().BeNull();
        rule.Next(Now.AddHours(1), Now.AddHours(1)).Should().BeNull();
    }

    [Fact]
    public void What_cannot_be_known_without_a_run_has_no_time()
    {
        Rule("Elsa.Cron", "CronExpression", "every morning").Should().BeNull();
        Rule("Elsa.Timer", "Interval", TimeSpan.Zero).Should().BeNull();
        Rule("Elsa.Timer", "Other", TimeSpan.FromMinutes(1)).Should().BeNull();
        Rule("Elsa.Event", "EventName", "paid").Should().BeNull();
    }

    private static TimedRule? Rule(string type, string input, object value) => TimedRule.Of(new Trigger("t", type, new Dictionary<string, object?> { [input] = value }));
}
