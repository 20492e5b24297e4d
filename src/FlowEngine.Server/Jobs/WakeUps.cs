using FlowEngine.Server.Jobs.Deadlines;
using FlowEngine.Server.Jobs.Retention;
using FlowEngine.Server.Leads.Imports;
using Hangfire;

namespace FlowEngine.Server.Jobs;

/// <summary>
/// What Hangfire calls. The tables are the truth and a job is a wake-up: each method finds its work there, may run twice at once on two nodes,
/// and loses nothing when it is never called, because the next call finds the same.
/// </summary>
internal sealed partial class WakeUps(
    ImportWork imports, DeadlineSweep deadlines, JobDoor door, IEnumerable<IRetention> retention, TimeProvider clock, ILogger<WakeUps> log)
{
    [JobDisplayName("Import {0}")]
    public Task Import(Guid import, CancellationToken cancel) => imports.Run(import, cancel);

    [JobDisplayName("Imports that nobody works on")]
    [AutomaticRetry(Attempts = 1)]
    public Task Imports(CancellationToken cancel) => imports.RunAll(cancel);

    /// <summary>What is due now, and a wake-up for every second of the next minute in which something will be: never one per conversation.</summary>
    [JobDisplayName("Deadlines of people")]
    [AutomaticRetry(Attempts = 1)]
    public async Task Deadlines(CancellationToken cancel)
    {
        foreach (var due in await deadlines.Look(TimeSpan.FromMinutes(1), cancel))
        {
            door.LookAt(due);
        }
    }

    [JobDisplayName("Deadlines of people that are due now")]
    [AutomaticRetry(Attempts = 1)]
    public Task DeadlinesNow(CancellationToken cancel) => deadlines.Look(TimeSpan.Zero, cancel);

    [JobDisplayName("Clear what is older than its time of keeping")]
    [AutomaticRetry(Attempts = 3)]
    public async Task Retention(CancellationToken cancel)
    {
        foreach (var kind in retention)
        {
            LogCleared(await kind.Clear(clock.GetUtcNow(), cancel), kind.Of);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Cleared {Count} {Kind}")]
    private partial void LogCleared(int count, string kind);
}
