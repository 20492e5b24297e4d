using FlowEngine.Conversations;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>What a visitor may see of its own conversation: what it wrote and what was really said to it; no notes, no owner's name but the agent's.</summary>
public sealed class ChatThread(IDbContextFactory<FlowEngineContext> contexts, Templates templates)
{
    private const int AtOnce = 80;

    /// <summary>Null while the visitor has not written.</summary>
    public async Task<Guid?> Find(string connection, Guid visitor, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await Mine(db, connection, visitor).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(cancel);
    }

    /// <param name="after">Messages behind this order number, oldest first; null for the newest ones.</param>
    /// <param name="before">With no <paramref name="after"/>: those in front of this order number.</param>
    public async Task<ThreadView> Read(string connection, Guid visitor, long? after, long? before, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await Mine(db, connection, visitor).SingleOrDefaultAsync(cancel) is not { } conversation)
        {
            return ThreadView.Empty;
        }

        var ours = db.Messages.AsNoTracking().Where(m => m.ConversationId == conversation.Id);
        var rows = await Page(ours.Where(IsVisible), after, before).ToListAsync(cancel);
        var onTheirWay = await ours.Where(m => m.Direction == MessageDirection.Out && m.State >= MessageState.Queued && m.State <= MessageState.Unknown)
            .Select(m => m.Order).ToListAsync(cancel);
        var views = new List<ChatMessage>(rows.Count);
        foreach (var row in rows.OrderBy(m => m.Order))
        {
            views.Add(ChatMessage.Of(row, await WordsOf(row.Content, cancel)));
        }

        return new ThreadView(
            Cursor(after ?? 0, rows, onTheirWay), rows.Count == AtOnce, StateOf(conversation), FirstName(conversation), onTheirWay.Count > 0,
            await SeenTo(ours, conversation.Unread, cancel), conversation.Episode, views);
    }

    /// <summary>Messages said to this visitor up to an order number that have not got as far as <paramref name="state"/>.</summary>
    public async Task<IReadOnlyList<Guid>> Unacknowledged(string connection, Guid visitor, long upTo, MessageState state, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var mine = Mine(db, connection, visitor).Select(c => c.Id);
        return await db.Messages.AsNoTracking()
            .Where(m => mine.Contains(m.ConversationId))
            .Where(m => m.Direction == MessageDirection.Out && m.Order <= upTo && m.State >= MessageState.Accepted && m.State < state)
            .OrderBy(m => m.Order).Take(AtOnce)
            .Select(m => m.Id).ToListAsync(cancel);
    }

    /// <summary>The option of a message that was said to this visitor; null when there is none by that id.</summary>
    public async Task<Choice?> Option(string connection, Guid visitor, Guid message, string choice, CancellationToken cancel)
    {
        var content = await ContentOf(connection, visitor, message, cancel);
        return content is null ? null : content.Buttons.Concat(content.Rows).FirstOrDefault(c => c.Id == choice);
    }

    /// <summary>The file that is kept here of a message that the visitor may see; null when there is no such message, or it carries none.</summary>
    public async Task<MediaRef?> File(string connection, Guid visitor, Guid message, CancellationToken cancel) =>
        await ContentOf(connection, visitor, message, cancel) is { Media: { ProviderId: null, Sha256: not null } media } ? media : null;

    private async Task<MessageContent?> ContentOf(string connection, Guid visitor, Guid message, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var mine = Mine(db, connection, visitor).Select(c => c.Id);
        return await db.Messages.AsNoTracking()
            .Where(m => m.Id == message && mine.Contains(m.ConversationId))
            .Where(IsVisible).Select(m => m.Content).SingleOrDefaultAsync(cancel);
    }

    /// <summary>Said and settled, or written by the visitor. What waits, failed or was stopped has not been said.</summary>
    private static readonly System.Linq.Expressions.Expression<Func<StoredMessage, bool>> IsVisible = m =>
        m.Direction == MessageDirection.In
        || (m.Direction == MessageDirection.Out && m.State >= MessageState.Accepted && m.State <= MessageState.Played);

    private static IQueryable<StoredConversation> Mine(FlowEngineContext db, string connection, Guid visitor)
    {
        var name = VisitorAlias.Value(visitor);
        return from alias in db.ContactAliases.AsNoTracking()
               where alias.Portfolio == connection && alias.Kind == VisitorAlias.Kind && alias.Value == name
               join contact in db.Contacts.AsNoTracking() on alias.ContactId equals contact.Id
               join conversation in db.Conversations.AsNoTracking() on contact.MergedInto ?? contact.Id equals conversation.ContactId
               where conversation.Connection == connection
               select conversation;
    }

    private static IQueryable<StoredMessage> Page(IQueryable<StoredMessage> visible, long? after, long? before) => after is { } known
        ? visible.Where(m => m.Order > known).OrderBy(m => m.Order).Take(AtOnce)
        : visible.Where(m => before == null || m.Order < before).OrderByDescending(m => m.Order).Take(AtOnce);

    /// <summary>
    /// From where the page asks next. A message keeps the place that it had when it was written, and becomes visible later; so the cursor stays
    /// in front of those on their way, and what the page gets twice it knows by id.
    /// </summary>
    private static long Cursor(long after, List<StoredMessage> rows, List<long> onTheirWay)
    {
        var last = rows.Count == 0 ? after : Math.Max(after, rows.Max(m => m.Order));
        return onTheirWay.Count == 0 ? last : Math.Min(last, onTheirWay.Min() - 1);
    }

    private async Task<string?> WordsOf(MessageContent content, CancellationToken cancel)
    {
        if (content.Text is not null || content.Template is not { } use)
        {
            return content.Text;
        }

        return await templates.Find(use.Name, use.Language, cancel) is { } template ? Templates.Render(template.Body, use.Parameters) : string.Join(' ', use.Parameters);
    }

    /// <summary>Order number of the visitor's newest message that a person has seen; 0 when none.</summary>
    private static Task<long> SeenTo(IQueryable<StoredMessage> ours, int unread, CancellationToken cancel) =>
        ours.Where(m => m.Direction == MessageDirection.In).OrderByDescending(m => m.Order).Skip(unread).Select(m => m.Order).FirstOrDefaultAsync(cancel);

    private static string StateOf(StoredConversation c) => c switch
    {
        { Lifecycle: Lifecycle.Finished } => "finished",
        { Tab: Tab.Waiting or Tab.Error } => "waiting",
        { OwnerKind: OwnerKind.Agent } => "agent",
        _ => "open",
    };

    /// <summary>Who attends, by the first name only: visitors are strangers.</summary>
    private static string? FirstName(StoredConversation c) => c.OwnerKind == OwnerKind.Agent ? ChatMessage.FirstName(c.OwnerName) : null;
}
