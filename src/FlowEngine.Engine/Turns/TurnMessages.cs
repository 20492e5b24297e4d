using FlowEngine.Conversations;

namespace FlowEngine.Engine.Turns;

/// <summary>The messages a turn touches: what was loaded, what it adds, what it changed. Each is written once, at the commit.</summary>
public sealed class TurnMessages
{
    private readonly Dictionary<Guid, Message> known = [];
    private readonly HashSet<Guid> changed = [];
    private readonly List<Guid> added = [];
    private readonly List<Guid> outgoing = [];

    public TurnMessages(TurnLoad load)
    {
        foreach (var message in load.Outgoing)
        {
            known[message.Id] = message;
            outgoing.Add(message.Id);
        }

        foreach (var message in load.Referenced.Concat(load.Troubled))
        {
            known.TryAdd(message.Id, message);
        }
    }

    public bool HasChanges => added.Count + changed.Count > 0;

    /// <summary>Messages that are not settled yet, by order number.</summary>
    public IEnumerable<Message> Outgoing => outgoing.Select(id => known[id]);

    public IReadOnlyList<Message> Added => added.ConvertAll(id => known[id]);

    public IReadOnlyList<Message> Changed => [.. changed.Where(id => !added.Contains(id)).Select(id => known[id])];

    public Message? Find(Guid id) => known.GetValueOrDefault(id);

    public Message? FindByProvider(string providerId) => known.Values.FirstOrDefault(m => m.ProviderId == providerId);

    public void Add(Message message)
    {
        known.Add(message.Id, message);
        added.Add(message.Id);
        if (message.State == MessageState.Queued)
        {
            outgoing.Add(message.Id);
        }
    }

    public void Change(Message message)
    {
        known[message.Id] = message;
        changed.Add(message.Id);
        if (message.State == MessageState.Queued && !outgoing.Contains(message.Id))
        {
            // Taken up again by a repair: it has its old place in the order.
            var later = outgoing.FindIndex(id => known[id].Order > message.Order);
            outgoing.Insert(later < 0 ? outgoing.Count : later, message.Id);
        }
    }
}
