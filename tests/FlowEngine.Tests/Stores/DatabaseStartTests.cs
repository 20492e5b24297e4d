using FlowEngine.Conversations;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Persistence.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Tests.Stores;

public sealed class DatabaseStartTests
{
    [Fact]
    public async Task The_model_and_the_migrations_agree_and_starting_twice_is_fine()
    {
        await using var file = await SqliteFile.Create();
        await file.Restart();

        await using var db = file.Open();
        db.Database.HasPendingModelChanges().Should().BeFalse();
        (await db.Database.GetPendingMigrationsAsync()).Should().BeEmpty();
        (await db.Database.SqlQueryRaw<string>("select journal_mode as Value from pragma_journal_mode").SingleAsync()).Should().Be("wal");
    }

    [Fact]
    public async Task A_start_after_a_crash_in_the_middle_of_migrating_does_not_wait_for_ever()
    {
        await using var file = await SqliteFile.Create();
        await using (var db = file.Open())
        {
            await db.Database.ExecuteSqlRawAsync(
                "create table if not exists \"__EFMigrationsLock\" (\"Id\" integer not null primary key, \"Timestamp\" text not null); insert into \"__EFMigrationsLock\" values (1, '2026-01-01')");
        }

        await file.Restart().WaitAsync(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_second_process_is_refused_with_a_message_that_names_the_folder()
    {
        await using var file = await SqliteFile.Create();
        using var second = new SqliteStart(file.Get<IDbContextFactory<SqliteContext>>(), file.Path);

        var start = () => second.Run(CancellationToken.None);

        (await start.Should().ThrowAsync<DataFolderInUseException>()).WithMessage($"*{Path.GetDirectoryName(file.Path)}*another FlowEngine process*");
    }

    [Fact]
    public async Task An_agent_is_saved_and_read_with_its_role_as_a_column()
    {
        await using var file = await SqliteFile.Create();
        var id = new Guid("01890000-0000-7000-8000-0000000000ff");
        var at = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero).AddMicroseconds(7);
        await using (var db = file.Open())
        {
            db.Agents.Add(new AgentUser { Id = id, UserName = "ana", Name = "Ana Núñez", Role = Role.Supervisor, CreatedAt = at });
            await db.SaveChangesAsync();
        }

        await using var again = file.Open();
        var agent = await again.Agents.SingleAsync(a => a.Id == id && a.Role == Role.Supervisor);
        agent.Should().BeEquivalentTo(new { Name = "Ana Núñez", Active = true, CreatedAt = at });
        (await again.Database.SqlQueryRaw<string>("select hex(id) as Value from agent").SingleAsync()).Should().Be("018900000000700080000000000000FF");
    }
}
