using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence.Rows;

namespace FlowEngine.Server.Persistence;

/// <param name="Attempts">How often it was tried so far.</param>
/// <param name="NextAt">Not before this instant; null means at once.</param>
public sealed record OwedHook(long Seq, Guid Id, Guid ConversationId, string Type, byte[] Body, DateTimeOffset At, int Attempts, DateTimeOffset? NextAt);

/// <summary>What became of a delivery. Giving up opens an incident with it.</summary>
public sealed record HookMark(long Seq, HookState State, int Attempts, DateTimeOffset? NextAt = null, string? Error = null, IncidentRecord? Incident = null);

/// <summary>The webhook calls that are owed. One node at a time carries out those of a webhook, so that their order holds.</summary>
public interface IHookQueue
{
    /// <summary>Whether this node carries out this webhook's calls from now on; asked again every few seconds. A dead node's webhooks pass to who asks first.</summary>
    Task<bool> Lead(int hook, DateTimeOffset now, CancellationToken cancel);

    /// <summary>The first place where something is owed; null when nothing is.</summary>
    Task<long?> FirstOwed(CancellationToken cancel);

    /// <summary>What one webhook is owed, in order, beyond what the caller has read already.</summary>
    /// <param name="after">The last place that was read.</param>
    /// <param name="held">The places that the caller holds and has not marked.</param>
    Task<IReadOnlyList<OwedHook>> Read(int hook, long after, IReadOnlyCollection<long> held, int limit, CancellationToken cancel);

    /// <summary>All marks in one transaction.</summary>
    Task Mark(IReadOnlyList<HookMark> marks, CancellationToken cancel);

    /// <summary>Gives up what is owed to webhooks that the configuration no longer has.</summary>
    Task Forget(int hooks, CancellationToken cancel);
}
