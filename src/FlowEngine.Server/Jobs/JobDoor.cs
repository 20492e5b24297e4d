using Hangfire;

namespace FlowEngine.Server.Jobs;

/// <summary>Gives wake-ups to Hangfire. It never fails: what a lost wake-up was for is found within a minute.</summary>
internal sealed partial class JobDoor(IBackgroundJobClient jobs, ILogger<JobDoor> log)
{
    /// <summary>Works on an import that has just been stored.</summary>
    public void Start(Guid import) => Give(() => jobs.Enqueue<WakeUps>(w => w.Import(import, CancellationToken.None)));

    /// <summary>Looks for deadlines of people at that instant.</summary>
    public void LookAt(DateTimeOffset due) => Give(() => jobs.Schedule<WakeUps>(w => w.DeadlinesNow(CancellationToken.None), due));

    private void Give(Action give)
    {
        try
        {
            give();
        }
        catch (BackgroundJobClientException broken)
        {
            LogLost(broken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Hangfire's storage does not take a wake-up; its work is found within a minute")]
    private partial void LogLost(Exception broken);
}
