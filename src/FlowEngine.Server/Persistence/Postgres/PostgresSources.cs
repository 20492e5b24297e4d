using Npgsql;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>The two pools of connections: screens never wait for turns, nor turns for screens.</summary>
public sealed class PostgresSources(string connectionString) : IAsyncDisposable, IDisposable
{
    public NpgsqlDataSource Screens { get; } = NpgsqlDataSource.Create(PostgresSetup.Screens(connectionString));

    public NpgsqlDataSource HotPath { get; } = NpgsqlDataSource.Create(PostgresSetup.HotPath(connectionString));

    public void Dispose()
    {
        HotPath.Dispose();
        Screens.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await HotPath.DisposeAsync();
        await Screens.DisposeAsync();
    }
}
