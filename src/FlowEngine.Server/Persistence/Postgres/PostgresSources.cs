using Npgsql;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>The pools of connections: screens never wait for turns, nor turns for screens, nor what the nodes tell each other for either.</summary>
public sealed class PostgresSources(string connectionString) : IAsyncDisposable, IDisposable
{
    public NpgsqlDataSource Screens { get; } = NpgsqlDataSource.Create(PostgresSetup.Screens(connectionString));

    public NpgsqlDataSource HotPath { get; } = NpgsqlDataSource.Create(PostgresSetup.HotPath(connectionString));

    public NpgsqlDataSource News { get; } = NpgsqlDataSource.Create(PostgresSetup.News(connectionString));

    public void Dispose()
    {
        News.Dispose();
        HotPath.Dispose();
        Screens.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await News.DisposeAsync();
        await HotPath.DisposeAsync();
        await Screens.DisposeAsync();
    }
}
