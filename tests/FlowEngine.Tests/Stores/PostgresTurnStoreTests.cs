using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Postgres;
using Npgsql;

namespace FlowEngine.Tests.Stores;

/// <summary>The suite on PostgreSQL.</summary>
[Trait("Category", "Postgres")]
public sealed class PostgresTurnStoreTests : DatabaseTurnStoreSuite
{
    private readonly List<PostgresTurnStore> stores = [];
    private TestDatabase database = null!;
    private OpenDatabase opened = null!;

    public override async Task InitializeAsync()
    {
        database = await TestDatabase.Create(DatabaseKind.Postgres);
        opened = await database.Open(Ids);
        Store = On(new NodeId("a"));
    }

    public override async Task DisposeAsync()
    {
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }

        if (opened is not null)
        {
            await opened.DisposeAsync();
            await database.DisposeAsync();
        }
    }

    protected override FlowEngineContext Open() => opened.Context();

    protected override ITurnStore On(NodeId node)
    {
        stores.Add(new PostgresTurnStore(opened.Get<PostgresSources>(), node, Ids, TurnOptions.Default));
        return stores[^1];
    }

    [SkippableFact]
    public async Task The_holder_of_a_mailbox_is_told_of_another_node_s_event_with_the_commit_that_stores_it()
    {
        var mailbox = await NewConversation("a");
        await using var listener = await opened.Get<PostgresSources>().Screens.OpenConnectionAsync();
        var told = new List<string>();
        listener.Notification += (_, n) => told.Add(n.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {PostgresFunctions.WakeChannel}", listener))
        {
            await listen.ExecuteNonQueryAsync();
        }

        await On(new NodeId("b")).Append([Says("b")], Start, CancellationToken.None);
        await listener.WaitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token);

        told.Should().Equal($"{mailbox} a");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_went_ahead_is_on_the_disk_when_its_turn_is_or_when_it_was_made_sure(bool turned)
    {
        var mailbox = await NewConversation("a");
        await Turn(mailbox);
        var asked = Asks(mailbox, new Claim());

        await Store.AppendAhead([asked], Start, CancellationToken.None);
        var stored = await Log("pg_current_wal_insert_lsn()");
        await (turned ? Turn(mailbox) : Store.Secure([asked], Start, CancellationToken.None).AsTask());

        (await Log("pg_current_wal_flush_lsn()")).Should().BeGreaterThanOrEqualTo(stored);
    }

    private async Task<long> Log(string place)
    {
        await using var command = opened.Get<PostgresSources>().Screens.CreateCommand($"SELECT ({place} - '0/0')::bigint");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    [SkippableFact]
    public async Task An_append_that_cannot_be_stored_takes_only_itself_back()
    {
        var mailbox = await NewConversation("a");
        var known = Says("b");
        await Append(known);

        // The same event under another key: a defect of its caller, and nobody else's.
        var (bad, good) = (Append(known with { DedupeKey = "other" }), Enumerable.Range(0, 20).Select(i => Append(Says($"m{i}"))).ToList());

        await bad.Invoking(b => b).Should().ThrowAsync<PostgresException>();
        (await Task.WhenAll(good)).Should().OnlyContain(r => r[0].Status == AppendStatus.Appended && r[0].Mailbox == mailbox);
    }

    [SkippableFact]
    public async Task What_PostgreSQL_cannot_hold_as_text_is_stored_without_it()
    {
        var mailbox = (await Append(Says("a") with { Address = new Address("ventas", "waba-1", [new ContactAlias("phone", "+1\0")], "A\0na \ud83d") }))[0].Mailbox;
        await Turn(mailbox, (load, c) => c with { Conversation = load.Conversation with { Preview = "x\0y", Fields = load.Conversation.Fields.Add("n\0", "\\u0000 \0 ñ") } });

        var load = await Load(mailbox);
        load.Contact.Should().BeEquivalentTo(new { Name = "Ana \ufffd", Phone = "+1" });
        load.Conversation.Preview.Should().Be("xy");
        load.Conversation.Fields.Should().Equal(new Dictionary<string, string> { ["n"] = "\\u0000  ñ" });
    }

    [SkippableFact]
    public async Task Appends_whose_connection_is_cut_are_stored_once()
    {
        var mailboxes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => NewConversation($"m{i}", $"3460{i}")));
        for (var cut = 0; cut < 10; cut++)
        {
            var appending = Enumerable.Range(0, 20).Select(i => Task.Run(() => Insist(() => Append(Says($"n{cut}-{i}", $"3460{i % 8}"))))).ToList();
            await using var terminate = opened.Get<PostgresSources>().Screens.CreateCommand(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'FlowEngine turns'");
            await terminate.ExecuteScalarAsync();
            (await Task.WhenAll(appending)).Should().OnlyContain(r => mailboxes.Contains(r[0].Mailbox));
        }

        await using var db = Open();
        db.Events.Count().Should().Be(208);
        db.Conversations.Count().Should().Be(8);
    }

    /// <summary>As a provider does that got no 200: it delivers again.</summary>
    private static async Task<T> Insist<T>(Func<Task<T>> act)
    {
        while (true)
        {
            try
            {
                return await act();
            }
            catch (NpgsqlException)
            {
                await Task.Delay(5);
            }
        }
    }
}
