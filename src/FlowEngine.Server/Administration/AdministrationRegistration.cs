using FlowEngine.Engine.Errors;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FlowEngine.Server.Administration;

public static class AdministrationRegistration
{
    /// <summary>The administration verbs, for the screens, the API and the start.</summary>
    public static IServiceCollection AddFlowEngineAdministration(this IServiceCollection services)
    {
        services.AddSingleton<CompanySettings>();
        services.AddSingleton<Departments>();
        services.AddSingleton<Labels>();
        services.AddSingleton<ConnectionRows>();
        services.TryAddSingleton(ErrorCatalog.Default);
        services.AddSingleton<ConnectionRepair>().AddHostedService(provider => provider.GetRequiredService<ConnectionRepair>());
        services.AddSingleton<Connections>();
        services.AddSingleton<Templates>();
        services.AddSingleton<AgentLeaves>();
        services.AddSingleton<Agents>();
        services.AddSingleton<ConfigurationSeed>();
        return services;
    }
}
