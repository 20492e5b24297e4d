using FlowEngine.Conversations;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Tests.Stores;

/// <summary>The suite on a database. What was written is looked at through EF, so its model is held to the hand-written SQL as well.</summary>
public abstract class DatabaseTurnStoreSuite : TurnStoreSuite
{
    protected abstract FlowEngineContext Open();

    [SkippableFact]
    public async Task An_episode_begins_with_its_first_commit_and_is_listed_when_it_has_finished()
    {
        var mailbox = await NewConversation();
        await Turn(mailbox, (l, c) => c with { Conversation = l.Conversation with { Lifecycle = Lifecycle.Finished, FinishedAt = Start.AddHours(1), FinishedBy = "Ana", FinishReason = "vendido", ResponsibleName = "Ana", Department = "ventas" } });
        await Turn(mailbox, (l, c) => c with { Now = Start.AddDays(1), Conversation = l.Conversation with { Lifecycle = Lifecycle.Active, Episode = 2, FinishedAt = null, FinishedBy = null, FinishReason = null } });
        await Turn(mailbox, (l, c) => c with { Now = Start.AddDays(2), Conversation = l.Conversation with { Unread = 1 } });

        await using var db = Open();
        var episodes = await db.Episodes.Where(e => e.ConversationId == mailbox).OrderBy(e => e.Number).ToListAsync();

        episodes.Should().BeEquivalentTo([
            new { Number = 1, StartedAt = Start, FinishedAt = (DateTimeOffset?)Start.AddHours(1), FinishedBy = "Ana", FinishReason = "vendido", ResponsibleName = "Ana", Department = "ventas" },
            new { Number = 2, StartedAt = Start.AddDays(1), FinishedAt = (DateTimeOffset?)null, FinishedBy = (string)null!, FinishReason = (string)null!, ResponsibleName = "Ana", Department = "ventas" },
        ], o => o.WithStrictOrdering());
    }

    [SkippableFact]
    public async Task Screens_read_the_conversation_with_its_contact_labels_problems_and_fields()
    {
        var mailbox = await NewConversation();
        await Turn(mailbox, (l, c) => c with { Conversation = Full(l.Conversation) with { Lifecycle = Lifecycle.Active } });
        var kept = (await Load(mailbox)).Conversation;

        await using var db = Open();
        var row = await db.Conversations.Include(c => c.Contact).Include(c => c.Labels).SingleAsync(c => c.Id == mailbox && c.Labels.Any(l => l.Label == "vip"));

        row.Should().BeEquivalentTo(kept, o => o.ExcludingMissingMembers().Excluding(c => c.Labels).Excluding(c => c.Tab));
        row.Labels.Select(l => l.Label).Should().BeEquivalentTo(kept.Labels);
        row.Should().BeEquivalentTo(new { Tab = Tab.Error, BlockingProblems = 1, ProblemCategory = "auth", OwnerKind = kept.Owner.Kind, OwnerId = kept.Owner.Id, OwnerName = kept.Owner.Name });
        row.Contact!.Name.Should().Be("Ana");
    }

    protected override async Task<IReadOnlyList<Message>> Messages(Guid conversation)
    {
        await using var db = Open();
        return [.. (await db.Messages.Where(m => m.ConversationId == conversation).OrderBy(m => m.Order).ToListAsync()).Select(m => new Message
        {
            Id = m.Id, ConversationId = m.ConversationId, Episode = m.Episode, Order = m.Order, Direction = m.Direction, Author = m.Author, AuthorId = m.AuthorId,
            AuthorName = m.AuthorName, Content = m.Content, At = m.At, ProviderId = m.ProviderId, State = m.State, Epoch = m.Epoch, LastWords = m.LastWords,
            Intervention = m.Intervention, InstanceId = m.InstanceId, ActivityId = m.ActivityId, WhenUnknown = m.WhenUnknown, Attempt = m.Attempt, AttemptsBefore = m.AttemptsBefore,
            Deadline = m.Deadline, WakeAt = m.WakeAt, Error = m.Error, SettledAt = m.SettledAt,
        })];
    }

    protected override async Task<IReadOnlyList<HistoryEntry>> History(Guid conversation)
    {
        await using var db = Open();
        return [.. (await db.History.Where(h => h.ConversationId == conversation).OrderBy(h => h.Seq).ToListAsync()).Select(h => new HistoryEntry(
            h.Kind, h.At, new Actor(h.ActorKind, h.ActorId, h.ActorName), new Owner(h.FromOwnerKind, h.FromOwnerId, h.FromOwnerName),
            new Owner(h.ToOwnerKind, h.ToOwnerId, h.ToOwnerName), h.TabFrom, h.TabTo, h.Epoch, h.Cause, h.Data))];
    }

    protected override async Task<IReadOnlyList<HookDelivery>> Hooks()
    {
        await using var db = Open();
        return await db.HookDeliveries.OrderBy(h => h.Seq).Select(h => new HookDelivery(h.Id, h.Hook, h.ConversationId, h.Type, h.Body, h.At)).ToListAsync();
    }

    protected override async Task<IReadOnlyList<JournalBurst>> Journal(Guid instance)
    {
        await using var db = Open();
        return await db.Journal.Where(j => j.InstanceId == instance).Select(j => new JournalBurst(j.Id, j.InstanceId, j.At, j.Json)).ToListAsync();
    }

    protected override async Task<IReadOnlyList<BookmarkRecord>> Bookmarks(Guid instance)
    {
        await using var db = Open();
        return await db.Bookmarks.Where(b => b.InstanceId == instance).OrderBy(b => b.BookmarkId)
            .Select(b => new BookmarkRecord(b.InstanceId, b.BookmarkId, b.Name, b.Hash, b.MailboxId, b.CorrelationId, b.DueAt, b.Route)).ToListAsync();
    }

    protected override async Task<IReadOnlyList<(IncidentRecord Incident, IncidentClosed? Closed)>> Incidents()
    {
        await using var db = Open();
        return [.. (await db.Incidents.OrderBy(i => i.Id).ToListAsync()).Select(i => (
            new IncidentRecord(i.Id, i.ConversationId, i.InstanceId, i.ActivityId, i.ActivityInstanceId, i.MessageId, i.Kind, i.Category, i.Code, i.Message, i.Evidence, i.Blocking, i.At),
            i.ClosedAt is { } at ? new IncidentClosed(i.Id, at, i.ClosedBy!, i.ClosedHow!) : null))];
    }

    protected override async Task<bool> IsDead(Guid eventId)
    {
        await using var db = Open();
        return (await db.Events.SingleAsync(e => e.Id == eventId)).State == EventState.Dead;
    }

    protected override async Task SetStaff(Staff staff)
    {
        await using var db = Open();
        db.Departments.AddRange(staff.Departments.Values.Select(d => new StoredDepartment { Key = d.Key, Name = d.Name, Active = d.Active, Overflow = d.Overflow }));
        db.Agents.AddRange(staff.Agents.Values.Select(a => new AgentUser { Id = a.Id, Name = a.Name, Role = a.Role, Active = a.Active, UserName = a.Name }));
        db.DepartmentMembers.AddRange(staff.Agents.Values.SelectMany(a => a.Departments.Select(d => new StoredDepartmentMember { AgentId = a.Id, DepartmentKey = d })));
        await db.SaveChangesAsync();
    }
}
