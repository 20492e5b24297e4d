using FlowEngine.Conversations;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Telemetry;

/// <summary>Double replies: what left and should not have, and what left twice.</summary>
public sealed partial class Invariants
{
    private static readonly AuthorKind[] Automatic = [AuthorKind.Flow, AuthorKind.OtherApp, AuthorKind.System, AuthorKind.Ai];
    private static readonly MessageState[] Gone =
        [MessageState.Released, MessageState.Calling, MessageState.Unknown, MessageState.Accepted, MessageState.Sent, MessageState.Delivered, MessageState.Read, MessageState.Played, MessageState.Failed];

    private static readonly Tab[] AllTabs = Enum.GetValues<Tab>();

    /// <summary>
    /// I3 and I4: automatic messages whose release is later than a change of hands that their epoch did not see. The story has a line for every
    /// epoch; a message's deadline says when it was released. What a turn changed and released at one instant is in order by its commit.
    /// </summary>
    private async Task<IReadOnlyList<Late>> ReleasedLate(FlowEngineContext db, DateTimeOffset since, CancellationToken cancel)
    {
        var suspects = await (
            from c in db.Conversations.AsNoTracking()
            where AllTabs.Contains(c.Tab) && c.LastActivityAt >= since
            join m in db.Messages.AsNoTracking() on c.Id equals m.ConversationId
            where m.Deadline >= since && Automatic.Contains(m.Author) && Gone.Contains(m.State) && m.Epoch < c.Epoch
            select new
            {
                m.Id,
                m.ConversationId,
                m.Deadline,
                ChangedAt = db.History.Where(h => h.ConversationId == m.ConversationId && h.Epoch > m.Epoch).OrderBy(h => h.Seq).Select(h => (DateTimeOffset?)h.At).FirstOrDefault(),
                TakenAt = db.History.Where(h => h.ConversationId == m.ConversationId && h.Epoch > m.Epoch && (h.ToOwnerKind == OwnerKind.Agent || h.ToOwnerKind == OwnerKind.PersonOutside))
                    .OrderBy(h => h.Seq).Select(h => (DateTimeOffset?)h.At).FirstOrDefault(),
            }).ToListAsync(cancel);
        return
        [
            .. from s in suspects
               let released = s.Deadline!.Value - options.SendDeadline
               where s.ChangedAt < released
               select new Late(s.Id, s.ConversationId, s.TakenAt < released),
        ];
    }

    /// <summary>
    /// I7: a provider has reported one message under two of its ids. Our id travels with each call, so that its reports name both. Allowed where the
    /// flow's author chose to repeat, and where an incident gave the decision to a person.
    /// </summary>
    private static async Task<IReadOnlyList<Twice>> AcceptedTwice(FlowEngineContext db, TimeSpan reach, CancellationToken cancel)
    {
        // Events have no index by time; the newest ones are found by their number.
        var newest = await db.Set<StoredEvent>().AsNoTracking().OrderByDescending(e => e.Seq).Select(e => e.Seq).FirstOrDefaultAsync(cancel);
        var first = newest - (long)(reach.TotalMinutes * EventsPerMinute);
        var found = await (
            from e in db.Set<StoredEvent>().AsNoTracking()
            where e.Seq > first && e.MessageId != null && e.RefProviderId != null
            join m in db.Messages.AsNoTracking() on e.MessageId equals m.Id
            where m.ProviderId != null && m.ProviderId != e.RefProviderId && !(m.WhenUnknown == WhenUnknown.RepeatOnce && m.Attempt > 1)
            where !db.Incidents.Any(i => i.MessageId == m.Id)
            select new Twice(m.Id, m.ConversationId)).ToListAsync(cancel);
        return [.. found.Distinct()];
    }

    /// <summary>More than a busy node stores; it bounds what one check reads.</summary>
    private const int EventsPerMinute = 20_000;

    private sealed record Late(Guid Message, Guid Conversation, bool OverPerson);

    private sealed record Twice(Guid Message, Guid Conversation);
}
