using FlowEngine.Server.Jobs.Deadlines;
using FlowEngine.Server.Jobs.Retention;
using FlowEngine.Server.Persistence;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Dashboard;
using Hangfire.Logging;

namespace FlowEngine.Server.Jobs;

public static class JobsRegistration
{
    /// <summary>
    /// Hangfire for what is off the way of a message. Its pieces are made here and not by its own registration, which keeps storage and filters in
    /// static fields: two servers in one process (tests) would share them.
    /// </summary>
    /// <param name="worker">Whether this node also runs jobs; the pages and the door to enqueue are there in any case.</param>
    public static IServiceCollection AddFlowEngineJobs(this IServiceCollection services, IConfiguration configuration, bool worker)
    {
        services.AddSingleton(configuration.GetSection("FlowEngine:Jobs").Get<JobOptions>() ?? new JobOptions());
        services.AddSingleton(configuration.GetSection("FlowEngine:Retention").Get<RetentionOptions>() ?? new RetentionOptions());
        services.AddSingleton(_ => JobStorageSetup.Open(configuration.GetConnectionString(PersistenceRegistration.ConnectionName)));
        services.AddSingleton(DashboardRoutes.Routes);
        // Nothing is set by it; the dashboard asks for it to know that somebody has thought of the rest.
        services.AddSingleton<IGlobalConfiguration>(GlobalConfiguration.Configuration);
        services.AddSingleton<IBackgroundJobClient>(p => new BackgroundJobClient(p.GetRequiredService<JobStorage>()));
        services.AddSingleton<IRecurringJobManager>(p => new RecurringJobManager(p.GetRequiredService<JobStorage>()));
        services.AddSingleton<JobLog>();
        services.AddSingleton<RecurringJobs>();
        services.AddSingleton<JobDoor>();
        services.AddSingleton<DeadlineSweep>();
        services.AddScoped<WakeUps>();
        AddRetention(services);
        if (worker)
        {
            services.AddHostedService<JobServer>();
            services.AddHostedService<JobsKeeper>();
        }

        return services;
    }

    /// <summary>Hangfire's own lines go where ours go. It keeps that in a static field, so that the program sets it once and no test does.</summary>
    public static void LogJobs(this WebApplication app) => LogProvider.SetCurrentLogProvider(new AspNetCoreLogProvider(app.Services.GetRequiredService<ILoggerFactory>()));

    /// <summary>The dashboard. After <c>UseFlowEngineAccess</c>.</summary>
    public static WebApplication MapJobs(this WebApplication app)
    {
        JobDashboard.Map(app);
        return app;
    }

    private static void AddRetention(IServiceCollection services)
    {
        services.AddSingleton<IRetention, OldPayloads>();
        services.AddSingleton<IRetention, UnmatchedEvents>();
        services.AddSingleton<IRetention, OldRuns>();
        services.AddSingleton<IRetention, OldHooks>();
        services.AddSingleton<IRetention, OldImports>();
    }
}
