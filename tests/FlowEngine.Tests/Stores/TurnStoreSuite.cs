using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests.Stores;

/// <summary>
/// What every turn store promises (<see cref="ITurnStore"/>), once for all of them. A store's own class says how to open it and how to
/// look at what it wrote.
/// </summary>
public abstract partial class TurnStoreSuite : IAsyncLifetime
{
    protected static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private const string Number = "ventas";
    private const string Portfolio = "waba-1";

    protected Ids Ids { get; } = Ids.Seeded(new FakeTimeProvider(Start), seed: 7);

    protected ITurnStore Store { get; set; } = null!;

    public abstract Task InitializeAsync();

    /// <summary>What is stored, as another node sees it.</summary>
    protected abstract ITurnStore On(NodeId node);

    public abstract Task DisposeAsync();

    protected abstract Task<IReadOnlyList<Message>> Messages(Guid conversation);

    protected abstract Task<IReadOnlyList<HistoryEntry>> History(Guid conversation);

    protected abstract Task<IReadOnlyList<HookDelivery>> Hooks();

    protected abstract Task<IReadOnlyList<JournalBurst>> Journal(Guid instance);

    protected abstract Task<IReadOnlyList<BookmarkRecord>> Bookmarks(Guid instance);

    protected abstract Task<IReadOnlyList<(IncidentRecord Incident, IncidentClosed? Closed)>> Incidents();

    protected abstract Task<bool> IsDead(Guid eventId);

    protected abstract Task SetStaff(Staff staff);

    /// <summary>What a lead writes; a text of its own makes a dedupe key of its own.</summary>
    protected NewEvent Says(string text, string phone = "5491155550000", string? key = null, string connection = Number) =>
        new(Ids.Next(), key ?? $"{connection}:wamid.{text}:leadMessage", new LeadMessage($"wamid.{text}", Start, MessageContent.OfText(text), "Ana"))
        {
            Address = new Address(connection, Portfolio, [new ContactAlias("waId", phone), new ContactAlias("phone", "+" + phone)], "Ana"),
        };

    protected NewEvent Status(string providerId, string status = "delivered", Guid? trackingId = null, string connection = Number) =>
        new(Ids.Next(), $"{connection}:{providerId}:{status}", new StatusUpdate(providerId, status, Start, trackingId))
        {
            Reference = new MessageReference(connection, providerId, trackingId),
        };

    protected NewEvent Asks(Guid conversation, Command command, string? key = null)
    {
        var id = Ids.Next();
        return new NewEvent(id, key ?? id.ToString(), new CommandEvent(command, Actor.System)) { ConversationId = conversation };
    }

    protected async Task<IReadOnlyList<AppendResult>> Append(params NewEvent[] events) => await Store.Append(events, Start, CancellationToken.None);

    protected async Task<Guid> NewConversation(string text = "hola", string phone = "5491155550000", string connection = Number) =>
        (await Append(Says(text, phone, connection: connection)))[0].Mailbox;

    protected async Task<TurnLoad> Load(Guid mailbox, DateTimeOffset? now = null) =>
        await Store.Load(mailbox, now ?? Start, CancellationToken.None) ?? throw new InvalidOperationException("no such mailbox");

    /// <summary>A turn that takes all pending events and does what <paramref name="with"/> says.</summary>
    protected async Task<bool> Turn(Guid mailbox, Func<TurnLoad, Checkpoint, Checkpoint>? with = null)
    {
        var load = await Load(mailbox);
        var checkpoint = new Checkpoint
        {
            Mailbox = mailbox,
            ExpectedVersion = load.MailboxVersion,
            Now = Start,
            Events = [.. load.Events.Select(e => new EventDone(e.Id, null))],
        };
        return await Store.Commit(with is null ? checkpoint : with(load, checkpoint), CancellationToken.None);
    }

    protected Message Outgoing(Guid conversation, long order, MessageState state = MessageState.Queued, string text = "¿En qué te ayudo?") => new()
    {
        Id = Ids.Next(),
        ConversationId = conversation,
        Episode = 1,
        Order = order,
        Direction = MessageDirection.Out,
        Author = AuthorKind.Flow,
        AuthorName = "bienvenida",
        Content = MessageContent.OfText(text),
        At = Start,
        State = state,
        Epoch = 1,
        Attempt = state == MessageState.Queued ? 0 : 1,
    };

    /// <summary>A conversation with one outgoing message that is stored and turned.</summary>
    protected async Task<Message> Sent(Guid conversation, MessageState state, Func<Message, Message>? with = null)
    {
        var message = Outgoing(conversation, (await Messages(conversation)).Count + 1, state);
        message = with?.Invoke(message) ?? message;
        (await Turn(conversation, (_, c) => c with { NewMessages = [message] })).Should().BeTrue();
        return message;
    }

    protected InstanceRecord Run(Guid conversation, byte[]? state = null) => new()
    {
        Id = Ids.Next(),
        DefinitionId = "bienvenida",
        VersionId = "bienvenida-3",
        Version = 3,
        ConversationId = conversation,
        SubStatus = 2,
        CorrelationId = conversation.ToString(),
        Name = "Bienvenida",
        IncidentCount = 1,
        CreatedAt = Start,
        UpdatedAt = Start,
        State = state ?? [1, 2, 3],
    };

    protected static BookmarkRecord WaitsIn(InstanceRecord run, string id, DateTimeOffset? dueAt = null) =>
        new(run.Id, id, "FlowEngine.AskQuestion", "HASH-" + id, run.ConversationId!.Value, run.CorrelationId, dueAt);

    /// <summary>A run that owns its conversation and waits, until <paramref name="dueAt"/> where one is given.</summary>
    protected async Task<InstanceRecord> Waiting(Guid conversation, DateTimeOffset? dueAt)
    {
        var run = Run(conversation);
        (await Turn(conversation, (load, c) => c with
        {
            Conversation = load.Conversation with { FlowInstance = run.Id, Owner = Owner.Flow(run.Id, "Bienvenida") },
            Instances = [run],
            BookmarksAdded = [WaitsIn(run, "b1", dueAt)],
        })).Should().BeTrue();
        return run;
    }

    protected async Task<IReadOnlyList<Guid>> Due(DateTimeOffset? now = null, int limit = 100) => await Store.FindDue(now ?? Start, limit, CancellationToken.None);

    protected async Task<DateTimeOffset?> NextDue(DateTimeOffset? now = null) => await Store.NextDueAt(now ?? Start, CancellationToken.None);
}
