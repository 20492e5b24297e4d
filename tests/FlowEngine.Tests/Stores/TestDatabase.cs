using FlowEngine.Engine;
using FlowEngine.Server.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace FlowEngine.Tests.Stores;

public enum DatabaseKind { Sqlite, Postgres }

/// <summary>
/// A database of a test's own, of either kind: a file, or one database of the run's server. Gone with the test. What is written for it
/// runs on both: an abstract class with a subclass for each kind, the one for PostgreSQL marked <c>[Trait("Category", "Postgres")]</c>.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(StartServer);
    private static int databases;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("flowengine-");

    private TestDatabase(DatabaseKind kind, string? connectionString) => (Kind, ConnectionString) = (kind, connectionString);

    public DatabaseKind Kind { get; }

    /// <summary>Null for the SQLite file.</summary>
    public string? ConnectionString { get; }

    /// <summary>For the SQLite file and whatever else a server keeps.</summary>
    public string Folder => folder.FullName;

    /// <summary>
    /// A copy of a database that has the schema, unless it is to be empty. Skips the test where
    /// there is no PostgreSQL, and fails it where <c>CI=true</c>.
    /// </summary>
    public static async Task<TestDatabase> Create(DatabaseKind kind, bool empty = false)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            var made = new TestDatabase(kind, null);
            await (empty ? Task.CompletedTask : MigratedFile.CopyTo(Path.Combine(made.Folder, "flowengine.db")));
            return made;
        }

        Skip.If(PostgresServer.Missing is not null && Environment.GetEnvironmentVariable("CI") != "true", PostgresServer.Missing);
        var server = await Server.Value;
        var name = $"fe_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";
        await server.Run(empty ? $"CREATE DATABASE {name}" : $"CREATE DATABASE {name} TEMPLATE {Template} STRATEGY file_copy");
        return new TestDatabase(kind, server.Of(name));
    }

    /// <summary>What a server's own process is configured with to use it.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings() =>
        [new($"ConnectionStrings:{PersistenceRegistration.ConnectionName}", ConnectionString), new("FlowEngine:Data", Folder)];

    public IServiceCollection AddTo(IServiceCollection services) => services.AddFlowEnginePersistence(ConnectionString, Path.Combine(Folder, "flowengine.db"));

    /// <summary>Its own services, as one node; several may be open at once on PostgreSQL.</summary>
    public async Task<OpenDatabase> Open(Ids? ids = null)
    {
        var services = AddTo(new ServiceCollection().AddLogging().AddSingleton(ids ?? Ids.Seeded(new FakeTimeProvider(), seed: 1))).BuildServiceProvider();
        await services.GetRequiredService<IDatabaseStart>().Run(CancellationToken.None);
        return new OpenDatabase(services);
    }

    public async ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
        if (ConnectionString is not null && (await Server.Value).Pid == 0)
        {
            // A server that was there before us stays; its databases of ours do not.
            await (await Server.Value).Run($"DROP DATABASE {new NpgsqlConnectionStringBuilder(ConnectionString).Database} WITH (FORCE)");
        }
    }

    private static string Template => $"fe_{Environment.ProcessId}_template";

    private static async Task<PostgresServer> StartServer()
    {
        var server = await PostgresServer.Start();
        await server.Run($"CREATE DATABASE {Template}");
        await using (var template = await new TestDatabase(DatabaseKind.Postgres, server.Of(Template) + ";Pooling=false").Open())
        {
        }

        return server;
    }
}

/// <summary>The services of a <see cref="TestDatabase"/>, started.</summary>
public sealed class OpenDatabase(ServiceProvider services) : IAsyncDisposable
{
    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public FlowEngineContext Context() => Get<IDbContextFactory<FlowEngineContext>>().CreateDbContext();

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
