using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Persistence.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Tests.Stores;

/// <summary>The suite on SQLite.</summary>
public sealed class SqliteTurnStoreTests : DatabaseTurnStoreSuite
{
    private readonly List<SqliteTurnStore> others = [];
    private SqliteFile file = null!;

    public override async Task InitializeAsync()
    {
        file = await SqliteFile.Create(Ids);
        Store = file.Store;
    }

    public override async Task DisposeAsync()
    {
        others.ForEach(other => other.Dispose());
        await file.DisposeAsync();
    }

    protected override FlowEngineContext Open() => file.Open();

    protected override ITurnStore On(NodeId node)
    {
        others.Add(file.On(node));
        return others[^1];
    }

    [Fact]
    public async Task What_was_accepted_turned_and_marked_is_there_after_a_crash()
    {
        var (mailbox, other) = (await NewConversation("a", "111"), await NewConversation("b", "222"));
        var message = await Sent(mailbox, MessageState.Released);
        await Store.MarkCalling(message.Id, 1, CancellationToken.None);
        var before = (await Load(mailbox), await Load(other));

        await using var left = await file.Crash();

        (await left.Store.TakeOver(Start, Start.AddMinutes(1), CancellationToken.None)).Should().Be((0, 1));
        Message[] doubted = [message with { State = MessageState.Unknown, WakeAt = Start.AddMinutes(1) }];
        (await left.Store.Load(mailbox, Start, CancellationToken.None)).Should().BeEquivalentTo(before.Item1 with { MailboxVersion = before.Item1.MailboxVersion + 1, Outgoing = doubted });
        (await left.Store.Load(other, Start, CancellationToken.None)).Should().BeEquivalentTo(before.Item2 with { MailboxVersion = before.Item2.MailboxVersion + 1 });
        (await left.Store.Append([Says("a", "111")], Start, CancellationToken.None))[0].Status.Should().Be(AppendStatus.Duplicate);
    }

    [Fact]
    public async Task An_orderly_restart_loses_nothing_either()
    {
        var mailbox = await NewConversation();
        await Sent(mailbox, MessageState.Queued);
        var before = await Load(mailbox);

        await file.Restart();
        Store = file.Store;

        (await Load(mailbox)).Should().BeEquivalentTo(before);
    }

    [Fact]
    public async Task One_append_and_one_turn_are_two_commits_and_a_mark_is_none()
    {
        var before = file.Store.Commits;
        var mailbox = await NewConversation();
        var message = await Sent(mailbox, MessageState.Released);
        (file.Store.Commits - before).Should().Be(2);

        await Store.MarkCalling(message.Id, 1, CancellationToken.None);
        (file.Store.Commits - before).Should().Be(2);
    }

    [Fact]
    public async Task Writes_that_wait_together_share_a_commit()
    {
        var gate = file.Get<WriteGate>();
        var before = file.Store.Commits;
        await gate.Enter(CancellationToken.None);
        var waiting = Enumerable.Range(0, 50).Select(i => Append(Says($"m{i}"))).ToList();
        gate.Leave();

        await Task.WhenAll(waiting);

        // The first may have been taken alone, before the others had come.
        (file.Store.Commits - before).Should().BeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_write_that_fails_takes_only_itself_back_and_not_its_group()
    {
        var mailbox = await NewConversation();
        var message = await Sent(mailbox, MessageState.Queued);
        var version = (await Load(mailbox)).MailboxVersion;
        var gate = file.Get<WriteGate>();
        await gate.Enter(CancellationToken.None);
        var good = Append(Says("antes"));
        var bad = Store.Commit(new Checkpoint { Mailbox = mailbox, ExpectedVersion = version, Now = Start, History = [Entry("x")], NewMessages = [message] }, CancellationToken.None).AsTask();
        var alsoGood = Append(Says("despues"));
        gate.Leave();

        (await good)[0].Status.Should().Be(AppendStatus.Appended);
        (await alsoGood)[0].Status.Should().Be(AppendStatus.Appended);
        await bad.Invoking(b => b).Should().ThrowAsync<Microsoft.Data.Sqlite.SqliteException>();

        (await History(mailbox)).Should().BeEmpty();
        (await Load(mailbox)).Should().BeEquivalentTo(new { MailboxVersion = version });
        (await Load(mailbox)).Events.Should().HaveCount(2);
    }

    [Fact]
    public async Task Screens_write_between_turns_without_meeting_a_locked_file()
    {
        var appends = Enumerable.Range(0, 40).Select(i => Task.Run(() => Append(Says($"m{i}"))));
        var saves = Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            await using var db = file.Open();
            db.Settings.Add(new StoredSetting { Key = $"k{i}", Value = "1" });
            await db.SaveChangesAsync();
        }));

        await Task.WhenAll(appends.Cast<Task>().Concat(saves));

        await using var read = file.Open();
        (await read.Settings.CountAsync()).Should().Be(40);
        (await read.Events.CountAsync()).Should().Be(40);
    }
}
