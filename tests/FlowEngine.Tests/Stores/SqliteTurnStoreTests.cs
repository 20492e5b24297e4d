using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Persistence.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Tests.Stores;

/// <summary>The suite on SQLite. What was written is looked at through EF, so its model is held to the hand-written SQL as well.</summary>
public sealed class SqliteTurnStoreTests : TurnStoreSuite
{
    private SqliteFile file = null!;

    public override async Task InitializeAsync()
    {
        file = await SqliteFile.Create(Ids);
        Store = file.Store;
    }

    public override async Task DisposeAsync() => await file.DisposeAsync();

    [Fact]
    public async Task What_was_accepted_turned_and_marked_is_there_after_a_crash()
    {
        var (mailbox, other) = (await NewConversation("a", "111"), await NewConversation("b", "222"));
        var message = await Sent(mailbox, MessageState.Released);
        await Store.MarkCalling(message.Id, 1, CancellationToken.None);
        var before = (await Load(mailbox), await Load(other));

        await using var left = await file.Crash();

        (await left.Store.Load(mailbox, Start, CancellationToken.None)).Should().BeEquivalentTo(before.Item1);
        (await left.Store.Load(other, Start, CancellationToken.None)).Should().BeEquivalentTo(before.Item2);
        (await left.Store.Recover(Start, Start.AddMinutes(1), CancellationToken.None)).Should().Be((0, 1));
        (await left.Store.Append([Says("a", "111")], Start, CancellationToken.None))[0].Status.Should().Be(AppendStatus.Duplicate);
    }

    [Fact]
    public async Task An_orderly_restart_loses_nothing_either()
    {
        var mailbox = await NewConversation();
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

    [Fact]
    public async Task An_episode_begins_with_its_first_commit_and_is_listed_when_it_has_finished()
    {
        var mailbox = await NewConversation();
        await Turn(mailbox, (l, c) => c with { Conversation = l.Conversation with { Lifecycle = Lifecycle.Finished, FinishedAt = Start.AddHours(1), FinishedBy = "Ana", FinishReason = "vendido", ResponsibleName = "Ana", Department = "ventas" } });
        await Turn(mailbox, (l, c) => c with { Now = Start.AddDays(1), Conversation = l.Conversation with { Lifecycle = Lifecycle.Active, Episode = 2, FinishedAt = null, FinishedBy = null, FinishReason = null } });
        await Turn(mailbox, (l, c) => c with { Now = Start.AddDays(2), Conversation = l.Conversation with { Unread = 1 } });

        await using var db = file.Open();
        var episodes = await db.Episodes.Where(e => e.ConversationId == mailbox).OrderBy(e => e.Number).ToListAsync();

        episodes.Should().BeEquivalentTo([
            new { Number = 1, StartedAt = Start, FinishedAt = (DateTimeOffset?)Start.AddHours(1), FinishedBy = "Ana", FinishReason = "vendido", ResponsibleName = "Ana", Department = "ventas" },
            new { Number = 2, StartedAt = Start.AddDays(1), FinishedAt = (DateTimeOffset?)null, FinishedBy = (string)null!, FinishReason = (string)null!, ResponsibleName = "Ana", Department = "ventas" },
        ], o => o.WithStrictOrdering());
    }

    [Fact]
    public async Task Screens_read_the_conversation_with_its_contact_labels_problems_and_fields()
    {
        var mailbox = await NewConversation();
        await Turn(mailbox, (l, c) => c with { Conversation = Full(l.Conversation) with { Lifecycle = Lifecycle.Active } });
        var kept = (await Load(mailbox)).Conversation;

        await using var db = file.Open();
        var row = await db.Conversations.Include(c => c.Contact).Include(c => c.Labels).SingleAsync(c => c.Id == mailbox && c.Labels.Any(l => l.Label == "vip"));

        row.Should().BeEquivalentTo(kept, o => o.ExcludingMissingMembers().Excluding(c => c.Labels).Excluding(c => c.Tab));
        row.Labels.Select(l => l.Label).Should().BeEquivalentTo(kept.Labels);
        row.Should().BeEquivalentTo(new { Tab = Tab.Error, BlockingProblems = 1, ProblemCategory = "auth", OwnerKind = kept.Owner.Kind, OwnerId = kept.Owner.Id, OwnerName = kept.Owner.Name });
        row.Contact!.Name.Should().Be("Ana");
    }

    protected override async Task<IReadOnlyList<Message>> Messages(Guid conversation)
    {
        await using var db = file.Open();
        return [.. (await db.Messages.Where(m => m.ConversationId == conversation).OrderBy(m => m.Order).ToListAsync()).Select(m => new Message
        {
            Id = m.Id, ConversationId = m.ConversationId, Episode = m.Episode, Order = m.Order, Direction = m.Direction, Author = m.Author, AuthorId = m.AuthorId,
            AuthorName = m.AuthorName, Content = m.Content, At = m.At, ProviderId = m.ProviderId, State = m.State, Epoch = m.Epoch, LastWords = m.LastWords,
            Intervention = m.Intervention, InstanceId = m.InstanceId, ActivityId = m.ActivityId, WhenUnknown = m.WhenUnknown, Attempt = m.Attempt,
            Deadline = m.Deadline, WakeAt = m.WakeAt, Error = m.Error, SettledAt = m.SettledAt,
        })];
    }

    protected override async Task<IReadOnlyList<HistoryEntry>> History(Guid conversation)
    {
        await using var db = file.Open();
        return [.. (await db.History.Where(h => h.ConversationId == conversation).OrderBy(h => h.Seq).ToListAsync()).Select(h => new HistoryEntry(
            h.Kind, h.At, new Actor(h.ActorKind, h.ActorId, h.ActorName), new Owner(h.FromOwnerKind, h.FromOwnerId, h.FromOwnerName),
            new Owner(h.ToOwnerKind, h.ToOwnerId, h.ToOwnerName), h.TabFrom, h.TabTo, h.Epoch, h.Cause, h.Data))];
    }

    protected override async Task<IReadOnlyList<HookDelivery>> Hooks()
    {
        await using var db = file.Open();
        return await db.HookDeliveries.OrderBy(h => h.Seq).Select(h => new HookDelivery(h.Id, h.Hook, h.ConversationId, h.Type, h.Body, h.At)).ToListAsync();
    }

    protected override async Task<IReadOnlyList<JournalBurst>> Journal(Guid instance)
    {
        await using var db = file.Open();
        return await db.Journal.Where(j => j.InstanceId == instance).Select(j => new JournalBurst(j.Id, j.InstanceId, j.At, j.Json)).ToListAsync();
    }

    protected override async Task<IReadOnlyList<BookmarkRecord>> Bookmarks(Guid instance)
    {
        await using var db = file.Open();
        return await db.Bookmarks.Where(b => b.InstanceId == instance).OrderBy(b => b.BookmarkId)
            .Select(b => new BookmarkRecord(b.InstanceId, b.BookmarkId, b.Name, b.Hash, b.MailboxId, b.CorrelationId, b.DueAt)).ToListAsync();
    }

    protected override async Task<IReadOnlyList<(IncidentRecord Incident, IncidentClosed? Closed)>> Incidents()
    {
        await using var db = file.Open();
        return [.. (await db.Incidents.OrderBy(i => i.Id).ToListAsync()).Select(i => (
            new IncidentRecord(i.Id, i.ConversationId, i.InstanceId, i.ActivityId, i.ActivityInstanceId, i.MessageId, i.Kind, i.Category, i.Code, i.Message, i.Evidence, i.Blocking, i.At),
            i.ClosedAt is { } at ? new IncidentClosed(i.Id, at, i.ClosedBy!, i.ClosedHow!) : null))];
    }

    protected override async Task<bool> IsDead(Guid eventId)
    {
        await using var db = file.Open();
        return (await db.Events.SingleAsync(e => e.Id == eventId)).State == EventState.Dead;
    }

    protected override async Task SetStaff(Staff staff)
    {
        await using var db = file.Open();
        db.Departments.AddRange(staff.Departments.Values.Select(d => new StoredDepartment { Key = d.Key, Name = d.Name, Active = d.Active, Overflow = d.Overflow }));
        db.Agents.AddRange(staff.Agents.Values.Select(a => new AgentUser { Id = a.Id, Name = a.Name, Role = a.Role, Active = a.Active, UserName = a.Name }));
        db.DepartmentMembers.AddRange(staff.Agents.Values.SelectMany(a => a.Departments.Select(d => new StoredDepartmentMember { AgentId = a.Id, DepartmentKey = d })));
        await db.SaveChangesAsync();
    }
}
