using System.Diagnostics.Metrics;
using Hangfire.Common;
using Hangfire.Server;

namespace FlowEngine.Server.Jobs;

/// <summary>Counts what jobs did and logs what failed; the dashboard shows the same failures with their retries.</summary>
internal sealed partial class JobLog : IServerFilter, IJobFilterProvider, IDisposable
{
    private readonly ILogger<JobLog> log;
    private readonly Meter meter;
    private readonly Counter<long> counter;

    public JobLog(ILogger<JobLog> log, IMeterFactory meters)
    {
        this.log = log;
        meter = meters.Create("FlowEngine.Jobs");
        counter = meter.CreateCounter<long>("flowengine.jobs", "{job}", "Jobs that were run, by name and outcome.");
    }

    public IEnumerable<JobFilter> GetFilters(Job job) => [new JobFilter(this, JobFilterScope.Global, null)];

    public void OnPerforming(PerformingContext context)
    {
    }

    public void OnPerformed(PerformedContext context)
    {
        var name = context.BackgroundJob.Job.Method.Name;
        var failed = context.Exception is not (null or OperationCanceledException or JobAbortedException);
        counter.Add(1, new("job", name), new("outcome", failed ? "failed" : "done"));
        if (failed)
        {
            LogFailed(context.Exception!.InnerException ?? context.Exception, name, context.BackgroundJob.Id);
        }
    }

    public void Dispose() => meter.Dispose();

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} ({Id}) failed; Hangfire tries it again")]
    private partial void LogFailed(Exception failure, string job, string id);
}
