using System.Linq.Expressions;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.ConversationActivities;
using Hangfire;
using Hangfire.Common;
using Hangfire.Storage;

namespace FlowEngine.Server.Jobs;

/// <param name="Cron">In the time zone of the company.</param>
/// <param name="Call">As Hangfire stores it.</param>
/// <param name="Here">The same without Hangfire, for what people wait for: it must also run while Hangfire does not. Null for what can wait.</param>
internal sealed record RecurringWakeUp(string Name, string Cron, Expression<Func<WakeUps, Task>> Call, Func<WakeUps, CancellationToken, Task>? Here = null);

/// <summary>The wake-ups that come by the clock, by name. Their entries in Hangfire's storage are made anew where they are missing or differ.</summary>
internal sealed class RecurringJobs(JobStorage storage, IRecurringJobManager manager, CompanyBook company, JobOptions options)
{
    /// <summary>Cron in local time crosses the change days as people expect: what summer time skips runs right after, what it repeats runs once (race R63).</summary>
    public IReadOnlyList<RecurringWakeUp> All { get; } =
    [
        new("deadlines", "* * * * *", w => w.Deadlines(CancellationToken.None), (w, cancel) => w.Deadlines(cancel)),
        new("imports", "* * * * *", w => w.Imports(CancellationToken.None), (w, cancel) => w.Imports(cancel)),
        new("retention", options.RetentionCron, w => w.Retention(CancellationToken.None)),
    ];

    /// <summary>Makes the entries as they shall be; entries of wake-ups that no longer exist go.</summary>
    /// <returns>The names whose time has come and gone for longer than <paramref name="patience"/>, without a run.</returns>
    public IReadOnlyList<string> Keep(DateTimeOffset now, TimeSpan patience)
    {
        using var connection = storage.GetConnection();
        var known = connection.GetRecurringJobs().ToDictionary(j => j.Id, StringComparer.Ordinal);
        var zone = OpeningHours.ZoneOf(company.Hours.TimeZone);
        foreach (var job in All.Where(j => !known.TryGetValue(j.Name, out var entry) || entry.Cron != j.Cron || entry.TimeZoneId != zone.Id))
        {
            manager.AddOrUpdate(job.Name, Job.FromExpression(job.Call), job.Cron, new RecurringJobOptions { TimeZone = zone, MisfireHandling = MisfireHandlingMode.Relaxed });
        }

        foreach (var gone in known.Keys.Where(id => All.All(j => j.Name != id)))
        {
            manager.RemoveIfExists(gone);
        }

        return [.. known.Values.Where(j => j.NextExecution is { } next && now.UtcDateTime - next > patience).Select(j => j.Id)];
    }
}
