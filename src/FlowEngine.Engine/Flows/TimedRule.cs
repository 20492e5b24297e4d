using System.Globalization;
using FlowEngine.Workflows.Activities.Scheduling;
using FlowEngine.Workflows.Triggers;

namespace FlowEngine.Engine.Flows;

/// <summary>When a trigger starts its flow by the clock. What was missed while nobody looked is made up for once, not once for each time.</summary>
/// <param name="Type">Elsa.Timer, Elsa.Cron or Elsa.StartAt.</param>
/// <param name="Text">The interval, the cron expression (six fields, UTC) or the instant, as text.</param>
public sealed record TimedRule(string Type, string Text)
{
    private const string Timer = "Elsa.Timer";
    private const string Cron = "Elsa.Cron";
    private const string StartAt = "Elsa.StartAt";

    /// <summary>Null for triggers of other kinds, and where the time is not written into the definition.</summary>
    public static TimedRule? Of(Trigger trigger) => (trigger.TypeName, Value(trigger)) switch
    {
        (Timer, TimeSpan { Ticks: > 0 } interval) => new TimedRule(Timer, interval.ToString("c", CultureInfo.InvariantCulture)),
        (Cron, string text) when CronSchedule.TryParse(text, out _, out _) => new TimedRule(Cron, text),
        (StartAt, DateTimeOffset at) => new TimedRule(StartAt, at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)),
        _ => null,
    };

    /// <summary>The first time for a flow that is published now; null when there is none to come.</summary>
    public DateTimeOffset? First(DateTimeOffset now) => Type switch
    {
        Timer => now + Interval,
        Cron => NextCron(now),
        _ => DateTimeOffset.Parse(Text, CultureInfo.InvariantCulture) is var at && at > now ? at : null,
    };

    /// <summary>The time after one that was due and has been answered; always later than now.</summary>
    public DateTimeOffset? Next(DateTimeOffset due, DateTimeOffset now) => Type switch
    {
        Timer => due + Interval * (Math.Max(0, (now - due).Ticks / Interval.Ticks) + 1),
        Cron => NextCron(now > due ? now : due),
        _ => null,
    };

    private TimeSpan Interval => TimeSpan.Parse(Text, CultureInfo.InvariantCulture);

    private DateTimeOffset? NextCron(DateTimeOffset after) => CronSchedule.TryParse(Text, out var schedule, out _) ? schedule.Next(after) : null;

    private static object? Value(Trigger trigger) => trigger.Inputs.GetValueOrDefault(trigger.TypeName switch
    {
        Timer => "Interval",
        Cron => "CronExpression",
        _ => "DateTime",
    });
}
