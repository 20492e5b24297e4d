namespace FlowEngine.Engine.Mailbox;

/// <summary>
/// An event on its way into a mailbox: for a known one, for a new run's, addressed by who wrote on which connection, or for all that wait for it.
/// </summary>
/// <param name="Id">Of the event; for commands also the id that clients ask the outcome by.</param>
/// <param name="DedupeKey">
/// Unique for ever: <c>{connection}:{provider id}:{kind}</c> for what a provider sends, the idempotency key for commands and leads.
/// </param>
public sealed record NewEvent(Guid Id, string DedupeKey, MailboxEvent Event)
{
    /// <summary>The mailbox, when it is known: a conversation's or a run's.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>Who it is from, when it must be resolved.</summary>
    public Address? Address { get; init; }

    /// <summary>The run that this event begins: its mailbox is made with it.</summary>
    public Guid? NewRun { get; init; }

    /// <summary>Whoever waits for this signal gets it, each in its own mailbox.</summary>
    public SignalTarget? Signal { get; init; }

    /// <summary>For statuses and echoes: our message that it speaks of, by our id or by the provider's, on this connection.</summary>
    public MessageReference? Reference { get; init; }

    /// <summary>A signal as one of those gets it that wait for it: under a key of its own, so that it never reaches the same run twice, however often it is sent.</summary>
    /// <param name="id">Of the event in that mailbox.</param>
    public NewEvent For(Guid id, Guid instance, Guid mailbox) => new(id, $"{DedupeKey}:{instance:N}", Event) { ConversationId = mailbox };

    /// <summary>The event with the span that is going on; the same one when nobody records.</summary>
    public NewEvent Traced() => Telemetry.CurrentTrace is { } trace ? this with { Event = Event with { Trace = trace } } : this;
}

/// <summary>
/// A person on a connection. Any alias finds the contact; missing ones are added each time (cloud-api.md section 2).
/// </summary>
/// <param name="Portfolio">Scope of the aliases: the business portfolio (WABA id), or the connection's key.</param>
/// <param name="Create">Whether an unknown person becomes a contact with a conversation.</param>
public sealed record Address(string Connection, string Portfolio, IReadOnlyList<ContactAlias> Aliases, string? Name, bool Create = true)
{
    /// <summary>
    /// Other forms of the phones among the aliases (<see cref="PhoneForms"/>). They find a contact where no alias does, and are never stored. Where the provider
    /// names the person, they find nobody whom it has named otherwise before: that is somebody else.
    /// </summary>
    public IEnumerable<ContactAlias> Candidates =>
        from alias in Aliases
        where alias.Kind == "phone"
        let other = PhoneForms.OtherOf(alias.Value.TrimStart('+'))
        where other is not null
        select new ContactAlias("phone", "+" + other);

    /// <summary>Whether the provider's own id of the person is among the aliases.</summary>
    public bool IsNamedByProvider => Aliases.Any(a => a.Kind == "waId");
}

/// <param name="Kind">parentUserId, userId, waId, phone, chat, email, external.</param>
public sealed record ContactAlias(string Kind, string Value);

/// <summary>Who a signal is for: the bookmarks of this hash.</summary>
/// <param name="CorrelationId">Only of runs with this one; null is for all.</param>
/// <param name="Instance">Only of this run.</param>
/// <param name="KeepUntil">How long it is kept for a bookmark when nobody waits for it yet; null drops it.</param>
public sealed record SignalTarget(string Hash, string? CorrelationId = null, Guid? Instance = null, DateTimeOffset? KeepUntil = null);

public sealed record MessageReference(string Connection, string? ProviderId, Guid? MessageId);

public enum AppendStatus
{
    /// <summary>Durable now.</summary>
    Appended,

    /// <summary>The dedupe key was known: nothing was written; the ids are those of the first.</summary>
    Duplicate,

    /// <summary>No conversation could be found for it: kept aside as an orphan, and attached when its message becomes known.</summary>
    Orphan,

    /// <summary>The conversation does not exist, or nobody waits for the signal and it is not to be kept.</summary>
    Unknown,

    /// <summary>Nobody waits for the signal yet: it is kept until somebody does, or its time is over.</summary>
    Kept,
}

/// <param name="Elsewhere">Another node turns this mailbox and was told; waking it here would find nothing.</param>
/// <param name="Others">Into how many other mailboxes a signal went too; the due loop finds them.</param>
public readonly record struct AppendResult(AppendStatus Status, Guid EventId, Guid Mailbox, bool Elsewhere = false, int Others = 0);
