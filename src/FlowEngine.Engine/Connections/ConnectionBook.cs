namespace FlowEngine.Engine.Connections;

/// <summary>The connections as they stand now: an immutable snapshot, replaced when an admin saves one.</summary>
public sealed class ConnectionBook
{
    private volatile IReadOnlyDictionary<string, Connection> byKey = new Dictionary<string, Connection>();

    public IEnumerable<Connection> All => byKey.Values;

    public Connection? Find(string key) => byKey.GetValueOrDefault(key);

    public void Replace(IEnumerable<Connection> connections) => byKey = connections.ToDictionary(c => c.Key, StringComparer.Ordinal);
}
