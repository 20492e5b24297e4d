using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace FlowEngine.Tests.Stores;

[Trait("Category", "Postgres")]
public sealed class PostgresStartTests
{
    [SkippableFact]
    public async Task Nodes_that_start_at_once_on_an_empty_database_all_find_the_schema()
    {
        await using var database = await TestDatabase.Create(DatabaseKind.Postgres, empty: true);

        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => database.Open())));

        foreach (var node in nodes)
        {
            await using var db = node.Context();
            db.Database.HasPendingModelChanges().Should().BeFalse();
            (await db.Database.GetPendingMigrationsAsync()).Should().BeEmpty();
            (await db.Settings.AnyAsync()).Should().BeFalse();
            await node.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task A_start_waits_for_a_node_that_changes_the_schema_and_goes_on_when_that_node_dies()
    {
        await using var database = await TestDatabase.Create(DatabaseKind.Postgres, empty: true);
        await using var other = NpgsqlDataSource.Create(database.ConnectionString!);
        await using var migrating = await other.OpenConnectionAsync();
        await using (var hold = new NpgsqlCommand($"SELECT pg_advisory_lock({PostgresStart.LockKey})", migrating))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var start = Task.Run(() => database.Open());
        await using (var waits = other.CreateCommand("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"))
        {
            while ((long)(await waits.ExecuteScalarAsync())! == 0)
            {
                start.IsCompleted.Should().BeFalse();
            }
        }

        await using (var dies = other.CreateCommand($"SELECT pg_terminate_backend({migrating.ProcessID})"))
        {
            await dies.ExecuteScalarAsync();
        }

        await (await start).DisposeAsync();
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("Database=flowengine")]
    [InlineData("Host=;Password=secret")]
    public void A_connection_string_that_names_no_server_is_refused_in_words_and_without_its_password(string connectionString)
    {
        var add = () => new ServiceCollection().AddFlowEnginePersistence(connectionString, "unused.db");

        add.Should().Throw<InvalidOperationException>().Where(e => e.Message.Contains("ConnectionStrings:FlowEngine") && !e.Message.Contains("secret"));
    }
}
