using FlowEngine.Engine;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence.Postgres;
using FlowEngine.Server.Persistence.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FlowEngine.Server.Persistence;

public static class PersistenceRegistration
{
    /// <summary>The key of the connection string, below <c>ConnectionStrings</c>.</summary>
    public const string ConnectionName = "FlowEngine";

    /// <summary>
    /// The chosen database, and the turn store on it (needs <see cref="Ids"/>). Screens and the API take <c>IDbContextFactory&lt;FlowEngineContext&gt;</c>; Identity and Data
    /// Protection find the context in their scope. <see cref="IDatabaseStart"/> must have run before anything uses them.
    /// </summary>
    /// <param name="connectionString">Of a PostgreSQL server; null or empty for the SQLite file.</param>
    /// <exception cref="InvalidOperationException">The connection string names no server.</exception>
    public static IServiceCollection AddFlowEnginePersistence(this IServiceCollection services, string? connectionString, string sqliteFile)
    {
        services.TryAddSingleton(TurnOptions.Default);
        services.AddSingleton<StaffBook>();
        services.TryAddSingleton(provider => NodeId.New(Environment.MachineName, provider.GetRequiredService<Ids>()));
        return string.IsNullOrWhiteSpace(connectionString) ? services.AddSqlite(sqliteFile) : services.AddPostgres(Checked(connectionString));
    }

    private static string Checked(string connectionString)
    {
        try
        {
            return new Npgsql.NpgsqlConnectionStringBuilder(connectionString) is { Host.Length: > 0 }
                ? connectionString
                : throw new InvalidOperationException($"ConnectionStrings:{ConnectionName} needs a Host; leave it empty for the SQLite file.");
        }
        catch (ArgumentException unreadable)
        {
            // Without the text itself: it holds a password.
            throw new InvalidOperationException($"ConnectionStrings:{ConnectionName} is not a PostgreSQL connection string (Host=…;Database=…;Username=…;Password=…).", unreadable);
        }
    }
}
