using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Common;

namespace FlowEngine.Server.Jobs;

/// <summary>Hangfire's workers on a node with the role worker, for as long as the server runs.</summary>
internal sealed class JobServer(JobStorage storage, JobOptions options, JobLog log, IServiceScopeFactory scopes) : IHostedService, IDisposable
{
    private const int WorkersOnPostgres = 8;
    private const int WorkersEmbedded = 2;

    private BackgroundJobServer? server;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        server = new BackgroundJobServer(
            new BackgroundJobServerOptions
            {
                WorkerCount = options.Workers ?? (JobStorageSetup.IsEmbedded(storage) ? WorkersEmbedded : WorkersOnPostgres),
                SchedulePollingInterval = TimeSpan.FromSeconds(1),
                StopTimeout = TimeSpan.FromSeconds(1),
                Activator = new AspNetCoreJobActivator(scopes),
                FilterProvider = new JobFilterProviderCollection(GlobalJobFilters.Filters, new JobFilterAttributeFilterProvider(), log),
            },
            storage);
        return Task.CompletedTask;
    }

    /// <summary>A job that is cut off here is taken up by whoever looks next; it has lost nothing.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (server is not null)
        {
            server.SendStop();
            await server.WaitForShutdownAsync(cancellationToken);
        }
    }

    public void Dispose() => server?.Dispose();
}
