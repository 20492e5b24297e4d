using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence.Columns;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>Who an address belongs to, and the conversation with that person on that connection; both are made where they are new (decision 6).</summary>
internal sealed class PersonFinder(Ids ids, ILogger log)
{
    internal const string FindAliasSql =
        """
        SELECT coalesce(c.merged_into, c.id) FROM contact_alias a JOIN contact c ON c.id = a.contact_id
        WHERE a.portfolio = ? AND a.kind = ? AND a.value = ?
        """;

    /// <summary>By another form of a phone: where the provider names the person, nobody whom it has named otherwise.</summary>
    internal const string FindCandidateSql = FindAliasSql + " AND (? OR c.wa_id IS NULL)";

    private const string AddAliasSql = "INSERT INTO contact_alias (portfolio, kind, value, contact_id) VALUES (?,?,?,?) ON CONFLICT DO NOTHING";

    private const string AddContactSql = "INSERT INTO contact (id, name, opted_out, created_at) VALUES (?,?,0,?)";

    private const string FillSql =
        "UPDATE contact SET phone = coalesce(phone, ?2), wa_id = coalesce(wa_id, ?3), user_id = coalesce(user_id, ?4) WHERE id = ?1";

    internal const string FindConversationSql = "SELECT id FROM conversation WHERE connection = ? AND contact_id = ?";

    private const string LoadContactSql = "SELECT id, name, phone, wa_id, user_id, opted_out FROM contact WHERE id = ?";


    /// <summary>An id for what a write adds besides.</summary>
    public Guid NewId() => ids.Next();

    public static Contact Load(Session session, Guid id) => session.Prepare(LoadContactSql).Bind(id)
        .First(row => new Contact(row.Id(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.Flag()))!;

    public static void Update(Session session, Contact contact) => TrailColumns.Bind(session.Prepare(TrailColumns.UpdateContactSql), contact).Run();

    /// <returns>The conversation's id; null when there is none and none shall be made.</returns>
    public Guid? Find(Session session, Address address, DateTimeOffset now)
    {
        if (FindContact(session, address, now) is not { } contact)
        {
            return null;
        }

        var known = session.Prepare(FindConversationSql).Bind(address.Connection).Bind(contact).First(row => row.IdOrNull());
        if (known is not null || !address.Create)
        {
            return known;
        }

        var conversation = new Conversation { Id = ids.Next(), Connection = address.Connection, ContactId = contact, CreatedAt = now, LastActivityAt = now };
        ConversationSql.Insert(session, conversation);
        return conversation.Id;
    }

    private Guid? FindContact(Session session, Address address, DateTimeOffset now)
    {
        var (contact, missing) = FindKnown(session, address);
        if (contact is null && address.Create)
        {
            contact = ids.Next();
            session.Prepare(AddContactSql).Bind(contact.Value).Bind(address.Name).Bind(now).Run();
        }

        if (contact is { } id && missing)
        {
            AddAliases(session, address, id);
        }

        return contact;
    }

    private (Guid? Contact, bool Missing) FindKnown(Session session, Address address)
    {
        Guid? contact = null;
        var missing = false;
        foreach (var alias in address.Aliases)
        {
            var found = session.Prepare(FindAliasSql).Bind(address.Portfolio).Bind(alias.Kind).Bind(alias.Value).First(row => row.IdOrNull());
            missing |= found is null;
            if (found != contact && found is not null && contact is not null)
            {
                log.LogWarning("The addresses of one event belong to two contacts, {First} and {Second}; the first is taken", contact, found);
            }

            contact ??= found;
        }

        return (contact ?? FindCandidate(session, address), missing);
    }

    private static Guid? FindCandidate(Session session, Address address) => address.Candidates
        .Select(form => session.Prepare(FindCandidateSql).Bind(address.Portfolio).Bind(form.Kind).Bind(form.Value).Bind(!address.IsNamedByProvider).First(row => row.IdOrNull()))
        .FirstOrDefault(found => found is not null);

    private static void AddAliases(Session session, Address address, Guid contact)
    {
        string? phone = null, waId = null, userId = null;
        foreach (var alias in address.Aliases)
        {
            if (session.Prepare(AddAliasSql).Bind(address.Portfolio).Bind(alias.Kind).Bind(alias.Value).Bind(contact).Run() == 0)
            {
                continue;
            }

            (phone, waId, userId) = alias.Kind switch
            {
                "phone" => (phone ?? alias.Value, waId, userId),
                "waId" => (phone, waId ?? alias.Value, userId),
                "userId" => (phone, waId, userId ?? alias.Value),
                _ => (phone, waId, userId),
            };
        }

        session.Prepare(FillSql).Bind(contact).Bind(phone).Bind(waId).Bind(userId).Run();
    }
}
