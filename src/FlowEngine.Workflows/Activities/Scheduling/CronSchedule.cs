using System.Diagnostics.CodeAnalysis;
using Cronos;

namespace FlowEngine.Workflows.Activities.Scheduling;

/// <summary>Times by a cron expression of six fields, seconds first, in UTC (Elsa's form).</summary>
public sealed class CronSchedule
{
    private readonly CronExpression expression;

    private CronSchedule(CronExpression expression) => this.expression = expression;

    /// <param name="problem">What is wrong with it.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CronSchedule? schedule, out string? problem)
    {
        (schedule, problem) = (null, null);
        try
        {
            schedule = new CronSchedule(CronExpression.Parse(text ?? "", CronFormat.IncludeSeconds));
            return true;
        }
        catch (CronFormatException wrong)
        {
            problem = wrong.Message;
            return false;
        }
    }

    /// <summary>The same as a sentence that names the expression.</summary>
    public static string Sentence(string? text, string? problem) => $"'{text}' is not a cron expression of six fields, seconds first: {problem}";

    /// <summary>The first time after <paramref name="after"/>; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => expression.GetNextOccurrence(after, TimeZoneInfo.Utc);
}
