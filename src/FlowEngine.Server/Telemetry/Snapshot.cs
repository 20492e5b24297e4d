using System.Collections.Immutable;
using FlowEngine.Conversations;

namespace FlowEngine.Server.Telemetry;

/// <summary>How many wait, and since when the first one does.</summary>
public readonly record struct Backlog(long Count, DateTimeOffset? Oldest)
{
    public double AgeAt(DateTimeOffset now) => Oldest is { } since && since < now ? (now - since).TotalSeconds : 0;
}

/// <summary>What the database said at one look; the gauges show it until the next.</summary>
public sealed record Snapshot
{
    public static readonly Snapshot None = new();

    public Backlog Mailbox { get; init; }

    public Backlog Unknown { get; init; }

    public Backlog Hooks { get; init; }

    public Backlog Tasks { get; init; }

    public ImmutableSortedDictionary<Tab, int> Tabs { get; init; } = ImmutableSortedDictionary<Tab, int>.Empty;

    /// <summary>Conversations in Error by the category of what blocks them.</summary>
    public ImmutableSortedDictionary<string, int> Errors { get; init; } = ImmutableSortedDictionary<string, int>.Empty;
}
