using FlowEngine.Server.Leads.Imports;
using Hangfire;

namespace FlowEngine.Server.Jobs;

/// <summary>
/// Looks once a minute whether Hangfire still does its part. Its storage may have been wiped: the entries are made anew. It may stand still, or its
/// storage be out of reach: then the wake-ups that people wait for are given here. So are they at the start, for what a dead process left.
/// </summary>
internal sealed partial class JobsKeeper(
    JobStorage storage, RecurringJobs recurring, ImportWork imports, IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobsKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>How late an entry may be; a run of it may take as long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, Task> running = new(StringComparer.Ordinal);

    /// <summary>Ends with what is being done here.</summary>
    public Task Running => Task.WhenAll(running.Values);

    /// <summary>Makes the entries, and gives here what Hangfire lets wait. A long import does not keep the next look waiting.</summary>
    public void Look(CancellationToken cancel)
    {
        IReadOnlyCollection<string> late;
        try
        {
            late = recurring.Keep(clock.GetUtcNow(), Patience);
        }
        catch (Exception broken)
        {
            LogOutOfReach(broken);
            late = [.. recurring.All.Select(j => j.Name)];
        }

        foreach (var job in recurring.All.Where(j => late.Contains(j.Name)))
        {
            Give(job, cancel);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Begin(stoppingToken);
            while (true)
            {
                Look(stoppingToken);
                await Task.Delay(Every, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }

        await Running;
    }

    /// <summary>On the embedded database nobody else can still be working on what a dead process left.</summary>
    private async Task Begin(CancellationToken cancel)
    {
        if (JobStorageSetup.IsEmbedded(storage))
        {
            await imports.TakeOver(cancel);
        }

        foreach (var job in recurring.All)
        {
            Give(job, cancel);
        }
    }

    private void Give(RecurringWakeUp job, CancellationToken cancel)
    {
        if (job.Here is { } call && running.GetValueOrDefault(job.Name) is null or { IsCompleted: true })
        {
            running[job.Name] = Task.Run(() => Run(job.Name, call, cancel), CancellationToken.None);
        }
    }

    private async Task Run(string name, Func<WakeUps, CancellationToken, Task> call, CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await call(scope.ServiceProvider.GetRequiredService<WakeUps>(), cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The server stops; the next start goes on.
        }
        catch (Exception broken)
        {
            LogFailed(broken, name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Hangfire's storage cannot be read; the wake-ups that cannot wait are given without it")]
    private partial void LogOutOfReach(Exception broken);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} failed; it is tried again within a minute")]
    private partial void LogFailed(Exception broken, string job);
}
