using System.Collections.Concurrent;
using FlowEngine.Conversations;

namespace FlowEngine.Engine.Live;

/// <summary>What desks need to know of a commit: fetch again when the version is newer than yours.</summary>
/// <param name="NewForPeople">A chat that people must see has just come to Waiting or Error: desks make a sound.</param>
/// <param name="Overdue">What people let pass: slaBreached, windowClosing, windowClosed, overflowed; null in every other commit.</param>
public sealed record ConversationChanged(Guid Id, long Version, Tab TabBefore, Tab Tab, Owner Owner, string Connection, string? Department, Guid? ResponsibleId, bool NewForPeople, string? Overdue = null);

/// <summary>Tells the desks of this process what was committed. Losing a signal loses nothing: desks reconcile by version.</summary>
public sealed class LiveFeed
{
    private readonly ConcurrentDictionary<long, Action<ConversationChanged>> listeners = new();
    private long next;

    public void Publish(ConversationChanged change)
    {
        foreach (var listener in listeners.Values)
        {
            listener(change);
        }
    }

    /// <summary>Listeners must be quick and must not throw: they post to their own queue.</summary>
    public IDisposable Subscribe(Action<ConversationChanged> listener)
    {
        var key = Interlocked.Increment(ref next);
        listeners[key] = listener;
        return new Subscription(() => listeners.TryRemove(key, out _));
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
