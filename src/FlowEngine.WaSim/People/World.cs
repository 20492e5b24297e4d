namespace FlowEngine.WaSim.People;

/// <summary>People and their chats, in memory and, given a file, over restarts. Every read is a snapshot; every change raises <see cref="Changed"/>.</summary>
public sealed class World
{
    private static readonly string[] Ranks = ["waiting", "sent", "delivered", "read"];

    private readonly Lock gate = new();
    private readonly Dictionary<string, Person> people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<Bubble> bubbles = [];
    private readonly WorldFile? file;

    internal World(WorldFile? file)
    {
        foreach (var line in file?.Read() ?? [])
            Apply(line);
        this.file = file;
    }

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

    public void Put(Person person) => Take(new WorldLine { Person = person });

    public void Add(Bubble bubble) => Take(new WorldLine { Bubble = bubble });

    /// <summary>Moves a message's ticks forward; never back.</summary>
    public void Mark(string id, string status, int? error = null) => Take(new WorldLine { Mark = new Mark(id, status, error) });

    public void Clear()
    {
        lock (gate)
        {
            people.Clear();
            places.Clear();
            bubbles.Clear();
            file?.Clear();
        }

        Changed?.Invoke();
    }

    /// <summary>Written first: a stand-in that dies here knows it when it is back.</summary>
    private void Take(WorldLine line)
    {
        lock (gate)
        {
            file?.Append(line);
            Apply(line);
        }

        Changed?.Invoke();
    }

    private void Apply(WorldLine line)
    {
        if (line.Person is { } person)
            people[person.Id] = person;
        if (line.Bubble is { } bubble)
            Keep(bubble);
        if (line.Mark is { } mark && places.TryGetValue(mark.Id, out var place))
            bubbles[place] = Moved(bubbles[place], mark);
    }

    private void Keep(Bubble bubble)
    {
        places[bubble.Id] = bubbles.Count;
        bubbles.Add(bubble);
        if (bubble.Mine && people.TryGetValue(bubble.Person, out var person))
            people[person.Id] = person with { LastWroteAt = bubble.At };
    }

    private static Bubble Moved(Bubble bubble, Mark mark) =>
        mark.Status == "failed" || Array.IndexOf(Ranks, mark.Status) > Array.IndexOf(Ranks, bubble.Status)
            ? bubble with { Status = mark.Status, Error = mark.Error }
            : bubble;
}
