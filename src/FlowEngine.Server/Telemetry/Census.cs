namespace FlowEngine.Server.Telemetry;

/// <summary>Looks at the database every 15 seconds for the gauges, and every minute for broken invariants. Nothing depends on it.</summary>
public sealed partial class Census(CensusQueries queries, Invariants invariants, Gauges gauges, TimeProvider clock, ILogger<Census> log) : BackgroundService
{
    private const int LooksPerCheck = 4;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    /// <summary>Two checks overlap, so that what was being written during one is seen by the next.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            for (var look = 1; await timer.WaitForNextTickAsync(stoppingToken); look++)
            {
                await Look(look % LooksPerCheck == 0, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <summary>One look; with <paramref name="check"/> also at the invariants.</summary>
    public async Task Look(bool check, CancellationToken cancel)
    {
        try
        {
            gauges.Show(await queries.Take(cancel));
            if (check)
            {
                await Check(cancel);
            }
        }
        catch (Exception broken) when (!cancel.IsCancellationRequested)
        {
            log.LogError(broken, "Counting for the metrics failed; it is tried again");
        }
    }

    private async Task Check(CancellationToken cancel)
    {
        var report = await invariants.Check(Reach, cancel);
        gauges.Show(report);
        foreach (var broken in report.Checks.Where(c => c.Cases > 0))
        {
            LogBroken(broken.Invariant, broken.Cases, string.Join(", ", broken.Conversations));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Invariant {Invariant} does not hold in {Cases} cases, for example in conversations {Conversations}")]
    private partial void LogBroken(string invariant, int cases, string conversations);
}
