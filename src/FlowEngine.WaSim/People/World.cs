namespace FlowEngine.WaSim.People;

/// <summary>People and their chats, in memory. Every read is a snapshot; every change raises <see cref="Changed"/>.</summary>
public sealed class World
{
    private static readonly string[] Ranks = ["waiting", "sent", "delivered", "read"];

    private readonly Lock gate = new();
    private readonly Dictionary<string, Person> people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<Bubble> bubbles = [];

    public event Action? Changed;

    public IReadOnlyList<Person> People
    {
        get
        {
            lock (gate)
            {
                return [.. people.Values];
            }
        }
    }

    /// <summary>All messages in order, or those of one person.</summary>
    public IReadOnlyList<Bubble> Messages(string? person = null)
    {
        lock (gate)
        {
            return [.. bubbles.Where(bubble => person is null || bubble.Person == person)];
        }
    }

    /// <summary>Opaque data that reached a phone more than once: what the customer saw twice.</summary>
    public IReadOnlyDictionary<string, int> Duplicates()
    {
        lock (gate)
        {
            return bubbles.Where(bubble => bubble is { Mine: false, Opaque: not null })
                .GroupBy(bubble => bubble.Opaque!, StringComparer.Ordinal)
                .Where(same => same.Count() > 1)
                .ToDictionary(same => same.Key, same => same.Count(), StringComparer.Ordinal);
        }
    }

    public Person? Find(string id)
    {
        lock (gate)
        {
            return people.GetValueOrDefault(id) ?? people.Values.FirstOrDefault(person => person.UserId == id || person.WaId == id);
        }
    }

    public Bubble? Message(string id)
    {
        lock (gate)
        {
            return places.TryGetValue(id, out var place) ? bubbles[place] : null;
        }
    }

    public void Put(Person person)
    {
        lock (gate)
        {
            people[person.Id] = person;
        }

        Changed?.Invoke();
    }

    public void Add(Bubble bubble)
    {
        lock (gate)
        {
            places[bubble.Id] = bubbles.Count;
            bubbles.Add(bubble);
            if (bubble.Mine && people.TryGetValue(bubble.Person, out var person))
                people[person.Id] = person with { LastWroteAt = bubble.At };
        }

        Changed?.Invoke();
    }

    /// <summary>Moves a message's ticks forward; never back.</summary>
    public void Mark(string id, string status, int? error = null)
    {
        lock (gate)
        {
            if (!places.TryGetValue(id, out var place))
                return;

            var bubble = bubbles[place];
            if (status == "failed" || Array.IndexOf(Ranks, status) > Array.IndexOf(Ranks, bubble.Status))
                bubbles[place] = bubble with { Status = status, Error = error };
        }

        Changed?.Invoke();
    }

    public void Clear()
    {
        lock (gate)
        {
            people.Clear();
            places.Clear();
            bubbles.Clear();
        }

        Changed?.Invoke();
    }
}
