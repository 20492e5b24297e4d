namespace FlowEngine.Server.Nodes;

public static class NodesRegistration
{
    /// <summary>What this process is for, and how it ends.</summary>
    public static IServiceCollection AddFlowEngineNode(this IServiceCollection services, NodeSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<Leaving>();
        services.AddSingleton<IHostLifetime, ShutdownSignal>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.EndsWithin);
        return services;
    }
}
