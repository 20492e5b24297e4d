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
    /// messages settled, incidents, tasks. Allocates nothing when no webhook is configured.
    /// </summary>
    public IReadOnlyList<HookDelivery> Build(in HookSource source)
    {
        if (settings.Endpoints.Count == 0)
        {
            return [];
        }

        var batch = new Batch(settings, ids, source.Conversation.Id, (source.Conversation, source.Contact), source.Now);
        AddChanges(batch, source);
        AddMessages(batch, source);
        AddIncidents(batch, source);
        AddTasks(batch, source.Tasks);
        return batch.Deliveries;
    }

    /// <summary>The same for a run that has no conversation: all that is told of it are the tasks that it asks for.</summary>
    public IReadOnlyList<HookDelivery> Build(Guid run, IReadOnlyList<HookTask> tasks, DateTimeOffset now)
    {
        if (settings.Endpoints.Count == 0)
        {
            return [];
        }

        var batch = new Batch(settings, ids, run, null, now);
        AddTasks(batch, tasks);
        return batch.Deliveries;
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

    private static void AddTasks(Batch batch, IReadOnlyList<HookTask> tasks)
    {
        foreach (var task in tasks)
        {
            batch.Add(HookTypes.TaskRequested, task, HookTask.Write);
        }
    }

    /// <summary>Writes the conversation's part once, however many calls tell of it, and only when some webhook wants one.</summary>
    private sealed class Batch(HookSettings settings, Ids ids, Guid mailbox, (Conversation Conversation, Contact Contact)? of, DateTimeOffset now)
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

                conversation ??= of is { } known ? HookBody.Conversation(known.Conversation, known.Contact) : null;
                var id = ids.Next();
                var body = HookBody.Whole(id, type, now, conversation, about, writeData);
                Deliveries.Add(new HookDelivery(id, hook, mailbox, type, body, now));
            }
        }
    }
}
