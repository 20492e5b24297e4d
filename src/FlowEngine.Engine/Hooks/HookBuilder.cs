using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Engine.Hooks;

/// <summary>
/// Turns what a turn did into the webhook calls that are owed for it. They are rows of the same commit: if the process dies before
/// it, neither the change nor its webhook exists; after it both do.
/// </summary>
public sealed class HookBuilder(HookSettings settings, Ids ids)
{
    /// <summary>
    /// The deliveries in the order in which things happened: creation, messages received, changes of owner and lifecycle, the tab,
    /// messages settled, incidents. Allocates nothing when no webhook is configured.
    /// </summary>
    public IReadOnlyList<HookDelivery> Build(in HookSource source)
    {
        if (settings.Endpoints.Count == 0)
        {
            return [];
        }

        var batch = new Batch(settings, ids, source);
        AddChanges(batch, source);
        AddMessages(batch, source);
        AddIncidents(batch, source);
        return batch.Deliveries;
    }

    /// <summary>The calls for tasks that flows ask for: to every webhook that wants them, in order with what else is told of the mailbox.</summary>
    /// <param name="conversation">With its contact, where the flow has one.</param>
    public IReadOnlyList<HookDelivery> Build(Guid mailbox, IReadOnlyList<HookTask> tasks, (Conversation Conversation, Contact Contact)? conversation, DateTimeOffset now)
    {
        var deliveries = new List<HookDelivery>();
        foreach (var task in tasks)
        {
            for (var hook = 0; hook < settings.Endpoints.Count; hook++)
            {
                if (settings.Endpoints[hook].Wants(HookTypes.TaskRequested))
                {
                    var id = ids.Next();
                    var of = conversation is { } known ? HookBody.Conversation(known.Conversation, known.Contact) : null;
                    deliveries.Add(new HookDelivery(id, hook, mailbox, HookTypes.TaskRequested, HookBody.Whole(id, HookTypes.TaskRequested, now, of, task, HookTask.Write), now));
                }
            }
        }

        return deliveries;
    }

    private static void AddChanges(Batch batch, in HookSource source)
    {
        foreach (var entry in source.History.Where(e => HookTypes.OfHistory(e.Kind) == HookTypes.Created))
        {
            batch.Add(HookTypes.Created, entry, HookData.History);
        }

        foreach (var message in source.NewMessages.Where(m => m.Direction == MessageDirection.In))
        {
            batch.Add(HookTypes.Received, message, HookData.Message);
        }

        foreach (var entry in source.History)
        {
            if (HookTypes.OfHistory(entry.Kind) is { } type && type != HookTypes.Created)
            {
                batch.Add(type, entry, HookData.History);
            }
        }

        if (source.TabBefore is { } before && before != source.Conversation.Tab)
        {
            var cause = source.History.LastOrDefault(e => e.TabFrom != e.TabTo);
            batch.Add(HookTypes.TabChanged, (before, source.Conversation.Tab, cause?.Cause ?? cause?.Kind), HookData.Tabs);
        }
    }

    private static void AddMessages(Batch batch, in HookSource source)
    {
        // A person who answers from the phone arrives as a new outgoing message that is already with the lead.
        foreach (var message in source.NewMessages.Where(m => m.Direction == MessageDirection.Out && IsOut(m)))
        {
            batch.Add(HookTypes.Sent, message, HookData.Message);
        }

        foreach (var message in source.ChangedMessages)
        {
            if (message.Direction != MessageDirection.Out || message.SettledAt != source.Now)
            {
                continue;
            }

            if (IsOut(message))
            {
                batch.Add(HookTypes.Sent, message, HookData.Message);
            }
            else if (message.State == MessageState.Failed)
            {
                batch.Add(HookTypes.Failed, message, HookData.Message);
            }
        }
    }

    private static bool IsOut(Message message) => message.State is >= MessageState.Accepted and <= MessageState.Played;

    private static void AddIncidents(Batch batch, in HookSource source)
    {
        foreach (var incident in source.IncidentsOpened)
        {
            batch.Add(HookTypes.IncidentOpened, incident, HookData.Opened);
        }

        foreach (var incident in source.IncidentsClosed)
        {
            batch.Add(HookTypes.IncidentResolved, incident, HookData.Closed);
        }
    }

    /// <summary>Writes the conversation's part once, however many calls tell of it, and only when some webhook wants one.</summary>
    private sealed class Batch(HookSettings settings, Ids ids, HookSource source)
    {
        private byte[]? conversation;

        public List<HookDelivery> Deliveries { get; } = [];

        public void Add<T>(string type, T about, Action<Utf8JsonWriter, T> writeData)
        {
            for (var hook = 0; hook < settings.Endpoints.Count; hook++)
            {
                if (!settings.Endpoints[hook].Wants(type))
                {
                    continue;
                }

                conversation ??= HookBody.Conversation(source.Conversation, source.Contact);
                var id = ids.Next();
                var body = HookBody.Whole(id, type, source.Now, conversation, about, writeData);
                Deliveries.Add(new HookDelivery(id, hook, source.Conversation.Id, type, body, source.Now));
            }
        }
    }
}
