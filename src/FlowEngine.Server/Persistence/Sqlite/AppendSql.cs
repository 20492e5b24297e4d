using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>Stores one event in its mailbox (commit 1), and finds that mailbox.</summary>
internal static class AppendSql
{
    internal const string TouchSql = "UPDATE mailbox_event SET attempts = attempts WHERE id = ? OR dedupe_key = ?";

    internal const string FindKeySql = "SELECT id, mailbox_id FROM mailbox_event WHERE dedupe_key = ?";

    internal const string NewRunSql = "INSERT INTO mailbox (id, kind, version) VALUES (?, 1, 0) ON CONFLICT DO NOTHING";

    private const string ExistsSql = "SELECT id FROM mailbox WHERE id = ?";

    private const string FindMessageSql =
        "SELECT m.id, m.conversation_id FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.id = ? AND c.connection = ?";

    internal const string FindByProviderSql =
        "SELECT m.id, m.conversation_id FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.provider_id = ? AND c.connection = ? LIMIT 1";

    private const string InsertSql =
        """
        INSERT INTO mailbox_event (id, mailbox_id, kind, dedupe_key, payload, message_id, ref_connection, ref_provider_id, received_at, state, attempts)
        VALUES (?,?,?,?,?,?,?,?,?,0,0)
        """;

    private const string TakeLeaseSql = "UPDATE mailbox SET lease_node = ? WHERE id = ? AND lease_node IS NULL";

    private const string LeaseSql = "SELECT lease_node FROM mailbox WHERE id = ?";

    /// <param name="node">Takes the lease where nobody holds it; null when this node turns nothing.</param>
    public static AppendResult Append(Session session, PersonFinder people, NodeId? node, NewEvent added, DateTimeOffset now)
    {
        if (session.Prepare(FindKeySql).Bind(added.DedupeKey).First(row => new Found(row.Id(), row.IdOrNull() ?? Guid.Empty)) is { } first)
        {
            return new AppendResult(AppendStatus.Duplicate, first.Id, first.Mailbox);
        }

        if (added.Signal is { } signal)
        {
            return SignalSql.Give(session, people, node, added, signal, now);
        }

        if (added.NewRun is { } run)
        {
            session.Prepare(NewRunSql).Bind(run).Run();
        }

        var message = added.Reference is { } reference ? FindReferenced(session, reference) : null;
        var mailbox = FindMailbox(session, people, added, message, now);
        if (mailbox is null && (added.ConversationId is not null || added.Reference is null))
        {
            return new AppendResult(AppendStatus.Unknown, added.Id, Guid.Empty);
        }

        session.Prepare(InsertSql)
            .Bind(added.Id).Bind(mailbox).Bind(TurnText.KindOf(added.Event)).Bind(added.DedupeKey).Bind(TurnText.Write(added.Event))
            .Bind(message?.Id).Bind(added.Reference?.Connection).Bind(added.Reference?.ProviderId).Bind(now)
            .Run();
        return mailbox is { } id
            ? new AppendResult(AppendStatus.Appended, added.Id, id, Elsewhere: !Lease(session, node, id))
            : new AppendResult(AppendStatus.Orphan, added.Id, Guid.Empty);
    }

    public static bool IsKnown(Session session, string key) => session.Prepare(FindKeySql).Bind(key).First(row => new Found(row.Id(), row.IdOrNull() ?? Guid.Empty)) is not null;

    /// <summary>False when it is another node's to turn.</summary>
    private static bool Lease(Session session, NodeId? node, Guid mailbox) => node is not null && (
        session.Prepare(TakeLeaseSql).Bind(node.Value).Bind(mailbox).Run() == 1
        || session.Prepare(LeaseSql).Bind(mailbox).First(row => row.TextOrNull()) == node.Value);

    private static Guid? FindMailbox(Session session, PersonFinder people, NewEvent added, Found? message, DateTimeOffset now)
    {
        if ((added.ConversationId ?? added.NewRun) is { } known)
        {
            return session.Prepare(ExistsSql).Bind(known).First(row => row.IdOrNull());
        }

        return message?.Mailbox ?? (added.Address is { } address ? people.Find(session, address, now) : null);
    }

    private static Found? FindReferenced(Session session, MessageReference reference)
    {
        var byId = reference.MessageId is { } id
            ? session.Prepare(FindMessageSql).Bind(id).Bind(reference.Connection).First(row => new Found(row.Id(), row.Id()))
            : null;
        return byId ?? (reference.ProviderId is { } providerId
            ? session.Prepare(FindByProviderSql).Bind(providerId).Bind(reference.Connection).First(row => new Found(row.Id(), row.Id()))
            : null);
    }

    /// <summary>An event or a message, and the mailbox that it is of.</summary>
    private sealed record Found(Guid Id, Guid Mailbox);
}
