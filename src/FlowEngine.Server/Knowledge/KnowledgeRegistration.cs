using FlowEngine.Engine.Ai;
using FlowEngine.Server.Knowledge.Search;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FlowEngine.Server.Knowledge;

public static class KnowledgeRegistration
{
    /// <summary>Articles, the search for passages in them, and answers by quoting them while no endpoint of a language model is configured.</summary>
    public static IServiceCollection AddFlowEngineKnowledge(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("FlowEngine:Knowledge").Get<KnowledgeOptions>() ?? KnowledgeOptions.Default);
        services.AddSingleton<Articles>();
        services.AddSingleton<KnowledgeSearch>();
        services.AddSingleton<IKnowledge>(provider => provider.GetRequiredService<KnowledgeSearch>());
        services.TryAddSingleton<IChatModel, QuotingModel>();
        services.AddSingleton<IndexRenewal>();
        services.AddSingleton<ArticleImport>();
        return services;
    }
}
