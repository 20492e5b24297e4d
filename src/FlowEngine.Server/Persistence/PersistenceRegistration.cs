using FlowEngine.Engine;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Persistence;

public static class PersistenceRegistration
{
    /// <summary>
    /// The database in one SQLite file, and the turn store on it (needs <see cref="Ids"/>). Screens and the API take <c>IDbContextFactory&lt;FlowEngineContext&gt;</c>; Identity and Data
    /// Protection find the context in their scope. <see cref="DatabaseStart"/> must have run before anything uses them.
    /// </summary>
    public static IServiceCollection AddFlowEnginePersistence(this IServiceCollection services, string sqliteFilePath)
    {
        services.AddSingleton<StaffBook>();
        services.AddSingleton<WriteGate>();
        services.AddDbContextFactory<SqliteContext>((provider, options) =>
        {
            SqliteSetup.Configure(options, sqliteFilePath);
            options.AddInterceptors(new StaffWatch(provider.GetRequiredService<StaffBook>()));
        });
        services.AddSingleton<IDbContextFactory<FlowEngineContext>, FlowEngineContexts>();
        services.AddSingleton(provider => new DatabaseStart(provider.GetRequiredService<IDbContextFactory<SqliteContext>>(), sqliteFilePath));
        services.AddSingleton(provider => new SqliteHookQueue(sqliteFilePath, provider.GetRequiredService<WriteGate>()));
        services.AddSingleton(provider => new SqliteTurnStore(
            sqliteFilePath,
            provider.GetRequiredService<WriteGate>(),
            provider.GetRequiredService<StaffBook>(),
            provider.GetRequiredService<Ids>(),
            provider.GetService<TurnOptions>() ?? TurnOptions.Default,
            provider.GetRequiredService<ILogger<SqliteTurnStore>>()));
        services.AddSingleton<ITurnStore>(provider => provider.GetRequiredService<SqliteTurnStore>());
        services.AddScoped<FlowEngineContext>(scope => scope.GetRequiredService<SqliteContext>());
        return services;
    }

    private sealed class FlowEngineContexts(IDbContextFactory<SqliteContext> sqlite) : IDbContextFactory<FlowEngineContext>
    {
        public FlowEngineContext CreateDbContext() => sqlite.CreateDbContext();
    }
}
