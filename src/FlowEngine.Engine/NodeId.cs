namespace FlowEngine.Engine;

/// <summary>
/// This process among those that share a database. New at every start, so that nobody is taken for one who died before: what the dead
/// one held is taken over and not inherited.
/// </summary>
public sealed record NodeId(string Value)
{
    /// <summary>Begins with where it runs, so that people find it.</summary>
    public static NodeId New(string machine, Ids ids) => new($"{machine}-{ids.Next().ToString("N")[20..]}");

    public override string ToString() => Value;
}
