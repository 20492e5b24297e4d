namespace FlowEngine.Engine.Mailbox;

/// <summary>An event on its way into a mailbox: either for a known conversation, or addressed by who wrote on which connection.</summary>
/// <param name="Id">Of the event; for commands also the id that clients ask the outcome by.</param>
/// <param name="DedupeKey">
/// Unique for ever: <c>{connection}:{provider id}:{kind}</c> for what a provider sends, the idempotency key for commands and leads.
/// </param>
public sealed record NewEvent(Guid Id, string DedupeKey, MailboxEvent Event)
{
    /// <summary>The conversation, when it is known.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>Who it is from, when it must be resolved.</summary>
    public Address? Address { get; init; }

    /// <summary>For statuses and echoes: our message that it speaks of, by our id or by the provider's, on this connection.</summary>
    public MessageReference? Reference { get; init; }

    /// <summary>The event with the span that is going on; the same one when nobody records.</summary>
    public NewEvent Traced() => Telemetry.CurrentTrace is { } trace ? this with { Event = Event with { Trace = trace } } : this;
}

/// <summary>
/// A person on a connection. Any alias finds the contact; missing ones are added each time (cloud-api.md section 2).
/// </summary>
/// <param name="Portfolio">Scope of the aliases: the business portfolio (WABA id), or the connection's key.</param>
/// <param name="Create">Whether an unknown person becomes a contact with a conversation.</param>
public sealed record Address(string Connection, string Portfolio, IReadOnlyList<ContactAlias> Aliases, string? Name, bool Create = true);

/// <param name="Kind">parentUserId, userId, waId, phone, chat, email, external.</param>
public sealed record ContactAlias(string Kind, string Value);

public sealed record MessageReference(string Connection, string? ProviderId, Guid? MessageId);

public enum AppendStatus
{
    /// <summary>Durable now.</summary>
    Appended,

    /// <summary>The dedupe key was known: nothing was written; the ids are those of the first.</summary>
    Duplicate,

    /// <summary>No conversation could be found for it: kept aside as an orphan, and attached when its message becomes known.</summary>
    Orphan,

    /// <summary>The conversation does not exist.</summary>
    Unknown,
}

/// <param name="Elsewhere">Another node turns this mailbox and was told; waking it here would find nothing.</param>
public readonly record struct AppendResult(AppendStatus Status, Guid EventId, Guid Mailbox, bool Elsewhere = false);
