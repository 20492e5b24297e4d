using FlowEngine.Engine.Ai;
using FlowEngine.Engine.Tasks;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FlowEngine.Server.Ai;

public static class AiRegistration
{
    /// <summary>The door to the model of <c>FlowEngine:Ai:{Endpoint,ApiKey,Model}</c>, and the work behind it.</summary>
    public static IServiceCollection AddFlowEngineAi(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection("FlowEngine:Ai");
        var endpoint = section.Get<ModelEndpoint>() ?? new ModelEndpoint();
        services.AddSingleton(section.Get<AiOptions>() ?? new AiOptions());
        if (endpoint.IsConfigured)
        {
            _ = endpoint.Address();
            services.AddSingleton<IChatModel>(_ => new SemanticKernelModel(endpoint));
        }

        services.TryAddSingleton<IChatModel, NoModel>();
        services.AddSingleton<IModelLedger, ModelLedger>();
        services.AddSingleton<ITaskHandler, ModelWork>();
        return services;
    }
}
