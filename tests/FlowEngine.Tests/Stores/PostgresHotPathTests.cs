using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence.Postgres;
using Npgsql;

namespace FlowEngine.Tests.Stores;

[Trait("Category", "Postgres")]
public sealed class PostgresHotPathTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Ids Ids = Ids.Seeded(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Now), seed: 5);
    private TestDatabase database = null!;
    private OpenDatabase opened = null!;

    public static TheoryData<string> Statements => new(
        LoadBatch.HeadSql, LoadBatch.ConversationSql, LoadBatch.PendingSql, LoadBatch.MessagesSql,
        LoadBatch.OwnRunSql, LoadBatch.WaitingSql, LoadBatch.WaitingCorrelatedSql,
        CommitBatch.ConversationSql, CommitBatch.DropLabelsSql, CommitBatch.ContactSql, CommitBatch.ChangeMessageSql, CommitBatch.ChangeSentMessageSql, CommitBatch.AttachOrphansSql,
        CommitBatch.DropBookmarkSql, CommitBatch.DoneSql, CommitBatch.RetrySql, CommitBatch.IncidentClosedSql,
        DueSql.MailboxesSql, DueSql.NextSql, DueSql.MarkCallingSql, DueSql.OutcomeSql, DueSql.RunSql,
        TaskBatch.TakeSql, TaskBatch.KeepSql, TaskBatch.DropSql, TaskBatch.StaleSql, TaskBatch.NewestSql, TaskBatch.HandedBackSql,
        AppendBatch.TouchSql, PostgresHookQueue.ReadSql, PostgresHookQueue.MarkSql);

    public async Task InitializeAsync()
    {
        database = await TestDatabase.Create(DatabaseKind.Postgres);
        opened = await database.Open(Ids);
    }

    public async Task DisposeAsync()
    {
        if (opened is not null)
        {
            await opened.DisposeAsync();
            await database.DisposeAsync();
        }
    }

    /// <summary>The hot path's connections never choose to scan a table; where a plan does it all the same, an index is missing.</summary>
    [SkippableTheory]
    [MemberData(nameof(Statements))]
    public async Task No_statement_of_the_hot_path_reads_a_whole_table(string sql)
    {
        var plan = await Plan(sql);

        plan.Where(line => line.Contains("Seq Scan", StringComparison.Ordinal)).Should().BeEmpty("the plan is\n{0}", string.Join('\n', plan));
    }

    /// <summary>What the functions did is in the statistics of the tables.</summary>
    [SkippableFact]
    public async Task A_turn_from_the_event_to_the_settled_send_reads_no_table_from_end_to_end()
    {
        var store = opened.Get<PostgresTurnStore>();
        var mailbox = await LeadTurn(store, "a");
        await LeadTurn(store, "b");

        mailbox.Should().NotBeEmpty();
        var scanned = await Eventually(
            "SELECT relname FROM pg_stat_user_tables WHERE n_tup_ins > 0 AND seq_tup_read > 0 AND relname IN ('mailbox','mailbox_event','message','conversation','contact','contact_alias','instance','bookmark')",
            "SELECT count(*)::text FROM pg_stat_user_tables WHERE relname = 'message' AND n_tup_ins >= 4");
        scanned.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Each_step_of_a_turn_is_one_round_trip()
    {
        var store = opened.Get<PostgresTurnStore>();
        await LeadTurn(store, "warm");
        using var counted = new RoundTrips(new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!);

        await LeadTurn(store, "counted");

        // Append, load, commit, mark, load, settle.
        counted.Count.Should().Be(6);
    }

    [SkippableFact]
    public async Task Marks_and_ticks_change_no_index()
    {
        var store = opened.Get<PostgresTurnStore>();
        for (var i = 0; i < 10; i++)
        {
            await LeadTurn(store, $"m{i}");
        }

        var updates = await Eventually(
            "SELECT (n_tup_upd - n_tup_hot_upd)::text FROM pg_stat_user_tables WHERE relname = 'message'",
            "SELECT count(*)::text FROM pg_stat_user_tables WHERE relname = 'message' AND n_tup_upd >= 20");

        // Ten marks are updated in place; ten settled sends leave the index of what is owed.
        updates.Should().Equal("10");
    }

    /// <summary>A lead writes, the flow answers, the answer is sent and settled.</summary>
    private static async Task<Guid> LeadTurn(PostgresTurnStore store, string text)
    {
        var said = new NewEvent(Ids.Next(), text, new LeadMessage($"wamid.{text}", Now, MessageContent.OfText(text), "Ana"))
        {
            Address = new Address("ventas", "waba", [new ContactAlias("waId", "34600111222")], "Ana"),
        };
        var mailbox = (await store.Append([said], Now, CancellationToken.None))[0].Mailbox;
        var load = (await store.Load(mailbox, Now, CancellationToken.None))!;
        var order = load.Conversation.NextOrder;
        var answer = new Message
        {
            Id = Ids.Next(), ConversationId = mailbox, Episode = 1, Order = order, Direction = MessageDirection.Out, Author = AuthorKind.Flow,
            Content = MessageContent.OfText("¿En qué te ayudo?"), At = Now, State = MessageState.Released, Attempt = 1, WakeAt = Now.AddMinutes(1),
        };
        await store.Commit(
            new Checkpoint
            {
                Mailbox = mailbox, ExpectedVersion = load.MailboxVersion, Now = Now, Events = [new EventDone(said.Id, null)], NewMessages = [answer],
                Conversation = load.Conversation with { NextOrder = order + 1, LastActivityAt = Now.AddSeconds(order) },
            },
            CancellationToken.None);
        (await store.MarkCalling(answer.Id, 1, CancellationToken.None)).Should().BeTrue();
        load = (await store.Load(mailbox, Now, CancellationToken.None))!;
        (await store.Commit(
            new Checkpoint
            {
                Mailbox = mailbox, ExpectedVersion = load.MailboxVersion, Now = Now,
                ChangedMessages = [answer with { State = MessageState.Accepted, ProviderId = $"wamid.out.{text}", WakeAt = null, SettledAt = Now }],
            },
            CancellationToken.None)).Should().BeTrue();
        return mailbox;
    }

    private async Task<List<string>> Plan(string sql)
    {
        await using var connection = await opened.Get<PostgresSources>().HotPath.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"PREPARE hot AS {sql}", connection);
        await command.ExecuteNonQueryAsync();
        var values = Enumerable.Range(1, 40).TakeWhile(i => sql.Contains($"${i}", StringComparison.Ordinal)).Select(_ => "NULL");
        command.CommandText = $"EXPLAIN EXECUTE hot({string.Join(',', values)})";
        var plan = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                plan.Add(reader.GetString(0));
            }
        }

        command.CommandText = "DEALLOCATE hot";
        await command.ExecuteNonQueryAsync();
        return plan;
    }

    private async Task<List<string>> Query(string sql)
    {
        await using var command = opened.Get<PostgresSources>().Screens.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    /// <summary>The server writes its statistics down a moment after a connection falls idle.</summary>
    private async Task<List<string>> Eventually(string sql, string written)
    {
        NpgsqlConnection.ClearAllPools();
        opened.Get<PostgresSources>().HotPath.Clear();
        for (var look = 0; look < 3000 && (await Query(written))[0] == "0"; look++)
        {
            await Task.Delay(20);
        }

        return await Query(sql);
    }
}
