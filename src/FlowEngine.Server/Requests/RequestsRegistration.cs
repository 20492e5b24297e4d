using FlowEngine.Engine.Tasks;

namespace FlowEngine.Server.Requests;

public static class RequestsRegistration
{
    /// <summary>The work of flows' HTTP requests, within the bounds of <c>FlowEngine:Requests</c>.</summary>
    public static IServiceCollection AddFlowEngineRequests(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("FlowEngine:Requests").Get<RequestOptions>() ?? new RequestOptions());
        services.AddSingleton<ITaskHandler>(provider => new RequestWork(
            provider.GetRequiredService<RequestOptions>(), provider.GetRequiredService<TaskSeal>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
