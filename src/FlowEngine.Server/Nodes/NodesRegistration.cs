using FlowEngine.Engine;

namespace FlowEngine.Server.Nodes;

public static class NodesRegistration
{
    /// <summary>Who this process is, what it is for, and how it ends.</summary>
    public static IServiceCollection AddFlowEngineNode(this IServiceCollection services, NodeSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(provider => NodeId.New(settings.Name, provider.GetRequiredService<Ids>()));
        services.AddSingleton<Leaving>();
        services.AddSingleton<IHostLifetime, ShutdownSignal>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.EndsWithin);
        return services;
    }
}
