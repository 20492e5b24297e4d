using System.Collections.Concurrent;

namespace FlowEngine.Engine.Connections;

/// <summary>
/// The connections as they stand now: an immutable snapshot, replaced when an admin saves one; and how each fares. What is known here of
/// a pause is a copy: the open incident is the truth, and is read again at every start.
/// </summary>
public sealed class ConnectionBook
{
    private readonly ConcurrentDictionary<string, ConnectionPause> paused = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> slowed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> unanswered = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> resumed = new(StringComparer.Ordinal);
    private volatile IReadOnlyDictionary<string, Connection> byKey = new Dictionary<string, Connection>();

    public IEnumerable<Connection> All => byKey.Values;

    public Connection? Find(string key) => byKey.GetValueOrDefault(key);

    public void Replace(IEnumerable<Connection> connections) => byKey = connections.ToDictionary(c => c.Key, StringComparer.Ordinal);

    /// <summary>Why nothing leaves through it; null while it may be used.</summary>
    public ConnectionPause? PauseOf(string key) => paused.GetValueOrDefault(key);

    public IEnumerable<ConnectionPause> Paused => paused.Values;

    /// <summary>Whoever meets the trouble first pauses it for all.</summary>
    public void Pause(ConnectionPause pause) => paused.TryAdd(pause.Connection, pause);

    public void Resume(string key, DateTimeOffset at)
    {
        paused.TryRemove(key, out _);
        slowed.TryRemove(key, out _);
        resumed[key] = at;
    }

    /// <summary>When it was repaired last; what left before says nothing of it any more.</summary>
    public DateTimeOffset? ResumedAt(string key) => resumed.TryGetValue(key, out var at) ? at : null;

    /// <summary>The provider asked for a pause of all sends; in memory only, since after a restart the first send meets the limit again.</summary>
    public DateTimeOffset? SlowUntil(string key) => slowed.TryGetValue(key, out var until) ? until : null;

    public void Slow(string key, DateTimeOffset until) => slowed.AddOrUpdate(key, until, (_, known) => known > until ? known : until);

    /// <summary>The provider took a message; a report of it is owed.</summary>
    public void Accepted(Connection connection, DateTimeOffset at)
    {
        if (connection.Capabilities.HasReports)
        {
            unanswered.TryAdd(connection.Key, at);
        }
    }

    /// <summary>A delivery of the provider came in: its way to us is open.</summary>
    public void Heard(string key) => unanswered.TryRemove(key, out _);

    /// <summary>
    /// Whether the provider's reports have failed to come for longer than <paramref name="patience"/> although it has accepted messages. Time
    /// in which we are deaf says nothing of an unknown send (decision 13).
    /// </summary>
    public bool IsDeaf(string key, DateTimeOffset now, TimeSpan patience) => unanswered.TryGetValue(key, out var since) && now - since > patience;
}
