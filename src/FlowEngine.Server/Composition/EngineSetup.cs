using System.Security.Cryptography;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Flows;
using FlowEngine.Engine.Hooks;
using FlowEngine.Engine.Live;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Outbox;
using FlowEngine.Engine.Tasks;
using FlowEngine.Engine.Timers;
using FlowEngine.Engine.Turns;
using FlowEngine.Engine;
using FlowEngine.Server.Administration;
using FlowEngine.Server.CSharp;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Persistence;
using Microsoft.AspNetCore.DataProtection;

namespace FlowEngine.Server.Composition;

/// <summary>The engine's parts, wired once.</summary>
public static class EngineSetup
{
    public static IServiceCollection AddFlowEngine(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new Ids(provider.GetRequiredService<TimeProvider>(), RandomNumberGenerator.Fill));
        services.AddSingleton(configuration.GetSection("FlowEngine:Turns").Get<TurnOptions>() ?? TurnOptions.Default);
        services.AddSingleton(CSharpTrust.Catalog(configuration));
        services.AddSingleton<PublishedFlows>();
        services.AddSingleton(provider => new FlowLibrary(provider.GetRequiredService<PublishedFlows>().Find));
        services.AddSingleton<NeededByFlow>();
        services.AddSingleton<FlowImport>();
        services.AddSingleton<TimedStarts>();
        services.AddSingleton(provider => new SharedBook(SharedBook.Connections, "connections", provider.GetRequiredService<Connections>().Refresh));
        services.AddSingleton(provider => new SharedBook(SharedBook.Company, "company", provider.GetRequiredService<CompanySettings>().Refresh));
        services.AddSingleton(provider => new SharedBook(
            SharedBook.Flows, "flows", cancel => provider.GetRequiredService<PublishedFlows>().Load(provider.GetRequiredService<FlowLibrary>(), cancel)));
        services.AddSingleton<ConnectionBook>();
        services.AddSingleton<CompanyBook>();
        services.AddSingleton<HookBuilder>();
        services.AddSingleton<HookSignal>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<OtherNodes>();
        services.AddSingleton<DueSignal>();
        services.AddSingleton<CommandWaiters>();
        services.AddSingleton<RunWaiters>();
        services.AddSingleton<Signals>();
        services.AddSingleton<Runs>();
        services.AddSingleton(provider =>
        {
            var protector = provider.GetRequiredService<IDataProtectionProvider>().CreateProtector("FlowEngine.Tasks");
            return new TaskSeal(protector.Protect, protector.Unprotect);
        });
        services.AddSingleton(configuration.GetSection("FlowEngine:Tasks").Get<TaskOptions>() ?? new TaskOptions());
        services.AddSingleton<RunningTasks>();
        services.AddSingleton<TaskLoop>();
        services.AddSingleton<Announcer>();
        services.AddSingleton<TurnTools>();
        services.AddSingleton<TurnRunner>();
        services.AddSingleton<Sender>();
        services.AddSingleton<Drain>();
        services.AddSingleton<Intake>();
        services.AddSingleton<Commands>();
        services.AddSingleton<DueLoop>();
        return services;
    }
}
