using FlowEngine.Engine.Turns;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Persistence.Sqlite;

internal static class SqliteRegistration
{
    public static IServiceCollection AddSqlite(this IServiceCollection services, string file)
    {
        services.AddSingleton<WriteGate>();
        services.AddDbContextFactory<SqliteContext>((provider, options) =>
        {
            SqliteSetup.Configure(options, file);
            options.AddInterceptors(new StaffWatch(provider.GetRequiredService<StaffBook>()), new SearchFunction());
        });
        services.AddSingleton<IDbContextFactory<FlowEngineContext>, Contexts>();
        services.AddScoped<FlowEngineContext>(scope => scope.GetRequiredService<SqliteContext>());
        services.AddSingleton<IDatabaseStart>(provider => new SqliteStart(provider.GetRequiredService<IDbContextFactory<SqliteContext>>(), file));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SqliteTurnStore>(provider, file));
        services.AddSingleton<ITurnStore>(provider => provider.GetRequiredService<SqliteTurnStore>());
        services.AddSingleton<IHookQueue>(provider => new SqliteHookQueue(file, provider.GetRequiredService<WriteGate>()));
        services.AddSingleton<PassageIndex, SqlitePassageIndex>();
        return services;
    }

    private sealed class Contexts(IDbContextFactory<SqliteContext> sqlite) : IDbContextFactory<FlowEngineContext>
    {
        public FlowEngineContext CreateDbContext() => sqlite.CreateDbContext();
    }
}
