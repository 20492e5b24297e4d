using FlowEngine.Engine.Turns;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Persistence.Postgres;

internal static class PostgresRegistration
{
    public static IServiceCollection AddPostgres(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => new PostgresSources(connectionString));
        services.AddDbContextFactory<PostgresContext>((provider, options) => PostgresSetup.Configure(options, provider.GetRequiredService<PostgresSources>().Screens));
        services.AddSingleton<IDbContextFactory<FlowEngineContext>, Contexts>();
        services.AddScoped<FlowEngineContext>(scope => scope.GetRequiredService<PostgresContext>());
        services.AddSingleton<IDatabaseStart, PostgresStart>();
        services.AddSingleton<PostgresTurnStore>();
        services.AddSingleton<ITurnStore>(provider => provider.GetRequiredService<PostgresTurnStore>());
        services.AddSingleton<IHookQueue, PostgresHookQueue>();
        services.AddSingleton<PassageIndex, PostgresPassageIndex>();
        services.AddSingleton<HeardNews>();
        services.AddHostedService<PostgresNews>();
        return services;
    }

    private sealed class Contexts(IDbContextFactory<PostgresContext> postgres) : IDbContextFactory<FlowEngineContext>
    {
        public FlowEngineContext CreateDbContext() => postgres.CreateDbContext();
    }
}
