using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Engine.Turns;

public sealed partial class MemoryTurnStore
{
    private readonly Dictionary<Guid, MemoryEvent> events = [];
    private readonly Dictionary<string, MemoryEvent> eventsByKey = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Contact> contacts = [];
    private readonly Dictionary<(string Portfolio, string Kind, string Value), Guid> contactOfAlias = [];
    private readonly Dictionary<(string Connection, Guid Contact), Guid> conversationOfContact = [];
    private readonly Dictionary<(string Connection, string ProviderId), Guid> messageOfProvider = [];
    private readonly List<MemoryEvent> orphans = [];
    private long lastSeq;

    public ValueTask<IReadOnlyList<AppendResult>> Append(IReadOnlyList<NewEvent> events, DateTimeOffset now, CancellationToken cancel) => Append(node, events, now);

    public ValueTask<IReadOnlyList<AppendResult>> AppendAhead(IReadOnlyList<NewEvent> events, DateTimeOffset now, CancellationToken cancel) => Append(node, events, now);

    public async ValueTask Secure(IReadOnlyList<NewEvent> events, DateTimeOffset now, CancellationToken cancel) => await Append(node, events, now);

    private ValueTask<IReadOnlyList<AppendResult>> Append(NodeId appending, IReadOnlyList<NewEvent> events, DateTimeOffset now)
    {
        lock (gate)
        {
            IReadOnlyList<AppendResult> results = [.. events.Select(e => Append(appending, e, now))];
            return ValueTask.FromResult(results);
        }
    }

    private AppendResult Append(NodeId appending, NewEvent added, DateTimeOffset now)
    {
        if (eventsByKey.TryGetValue(added.DedupeKey, out var first))
        {
            return new AppendResult(AppendStatus.Duplicate, first.Source.Id, first.Mailbox);
        }

        if (added.Signal is { } signal)
        {
            return Give(appending, added, signal, now);
        }

        if (added.NewRun is { } run)
        {
            mailboxes.TryAdd(run, new MemoryMailbox(run, null));
        }

        var message = added.Reference is { } reference ? FindReferenced(reference) : null;
        var mailbox = FindMailbox(added, message, now);
        if (mailbox is null && (added.ConversationId is not null || added.Reference is null))
        {
            return new AppendResult(AppendStatus.Unknown, added.Id, Guid.Empty);
        }

        var stored = new MemoryEvent(++lastSeq, added, mailbox ?? Guid.Empty, message?.Id, now);
        Keep(stored);
        if (mailbox is not { } id)
        {
            orphans.Add(stored);
            return new AppendResult(AppendStatus.Orphan, added.Id, Guid.Empty);
        }

        var box = mailboxes[id];
        box.Pending.Add(stored.Seq, stored);
        box.Lease ??= stoodDown.Contains(appending.Value) ? null : appending.Value;
        return new AppendResult(AppendStatus.Appended, added.Id, id, Elsewhere: box.Lease != appending.Value);
    }

    private void Keep(MemoryEvent stored)
    {
        events.Add(stored.Source.Id, stored);
        eventsByKey.Add(stored.Source.DedupeKey, stored);
    }

    private Guid? FindMailbox(NewEvent added, Message? message, DateTimeOffset now)
    {
        if ((added.ConversationId ?? added.NewRun) is { } known)
        {
            return mailboxes.ContainsKey(known) ? known : null;
        }

        return message?.ConversationId ?? (added.Address is { } address ? FindMailbox(address, now) : null);
    }

    private Guid? FindMailbox(Address address, DateTimeOffset now)
    {
        if (FindContact(address) is not { } contact)
        {
            return null;
        }

        var key = (address.Connection, contact);
        if (conversationOfContact.TryGetValue(key, out var conversation))
        {
            return conversation;
        }

        if (!address.Create)
        {
            return null;
        }

        var id = ids.Next();
        conversationOfContact.Add(key, id);
        mailboxes.Add(id, new MemoryMailbox(id, new Conversation
        {
            Id = id,
            Connection = address.Connection,
            ContactId = contact,
            CreatedAt = now,
            LastActivityAt = now,
        }));
        return id;
    }

    private Guid? FindContact(Address address)
    {
        Guid? contact = null;
        foreach (var alias in address.Aliases)
        {
            if (contactOfAlias.TryGetValue((address.Portfolio, alias.Kind, alias.Value), out var found))
            {
                contact = found;
                break;
            }
        }

        contact ??= address.Candidates
            .Select(form => contactOfAlias.TryGetValue((address.Portfolio, form.Kind, form.Value), out var known) ? known : (Guid?)null)
            .FirstOrDefault(known => known is { } id && (!address.IsNamedByProvider || contacts[id].WaId is null));
        if (contact is null && !address.Create)
        {
            return null;
        }

        var id = contact ?? ids.Next();
        var known = contacts.GetValueOrDefault(id) ?? new Contact(id, address.Name, null, null, null);
        foreach (var alias in address.Aliases)
        {
            if (contactOfAlias.TryAdd((address.Portfolio, alias.Kind, alias.Value), id))
            {
                known = WithAddress(known, alias);
            }
        }

        contacts[id] = known;
        return id;
    }

    private static Contact WithAddress(Contact contact, ContactAlias alias) => alias.Kind switch
    {
        "phone" => contact with { Phone = contact.Phone ?? alias.Value },
        "waId" => contact with { WaId = contact.WaId ?? alias.Value },
        "userId" => contact with { UserId = contact.UserId ?? alias.Value },
        _ => contact,
    };

    private Message? FindReferenced(MessageReference reference)
    {
        if (reference.MessageId is { } id && mailboxOfMessage.TryGetValue(id, out var mailbox) && mailboxes[mailbox].Conversation.Connection == reference.Connection)
        {
            return mailboxes[mailbox].Messages[id];
        }

        var named = reference.ProviderId is { } providerId && messageOfProvider.TryGetValue((reference.Connection, providerId), out var known)
            ? mailboxes[mailboxOfMessage[known]].Messages[known]
            : null;
        return named?.ProviderId == reference.ProviderId ? named : null;
    }
}
