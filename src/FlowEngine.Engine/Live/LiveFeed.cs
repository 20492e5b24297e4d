using System.Collections.Concurrent;
using FlowEngine.Conversations;

namespace FlowEngine.Engine.Live;

/// <summary>What desks need to know of a commit: fetch again when the version is newer than yours.</summary>
/// <param name="NewForPeople">A chat that people must see has just come to Waiting or Error: desks make a sound.</param>
/// <param name="Overdue">What people let pass: slaBreached, windowClosing, windowClosed, overflowed; null in every other commit.</param>
public sealed record ConversationChanged(Guid Id, long Version, Tab TabBefore, Tab Tab, Owner Owner, string Connection, string? Department, Guid? ResponsibleId, bool NewForPeople, string? Overdue = null);

/// <summary>Tells the desks of this process what was committed, here or on another node. Losing a signal loses nothing: desks reconcile by version.</summary>
public sealed class LiveFeed
{
    private readonly ConcurrentDictionary<long, Action<ConversationChanged>> listeners = new();
    private readonly ConcurrentDictionary<long, Action> missing = new();
    private readonly ConcurrentDictionary<long, Action<Guid>> runListeners = new();
    private long next;

    public bool HasListeners => !listeners.IsEmpty;

    public void Publish(ConversationChanged change)
    {
        foreach (var listener in listeners.Values)
        {
            listener(change);
        }
    }

    /// <summary>What other nodes committed could not be heard for a while: whoever shows something reads it again.</summary>
    public void Missed()
    {
        foreach (var listener in missing.Values)
        {
            listener();
        }
    }

    /// <summary>A run of its own, without a conversation, has moved on.</summary>
    public void PublishRun(Guid run)
    {
        foreach (var listener in runListeners.Values)
        {
            listener(run);
        }
    }

    /// <summary>As <see cref="Subscribe"/>, for runs without a conversation.</summary>
    public IDisposable SubscribeRuns(Action<Guid> listener)
    {
        var key = Interlocked.Increment(ref next);
        runListeners[key] = listener;
        return new Subscription(() => runListeners.TryRemove(key, out _));
    }

    /// <summary>Listeners must be quick and must not throw: they post to their own queue.</summary>
    /// <param name="missed">Changes may have been missed.</param>
    public IDisposable Subscribe(Action<ConversationChanged> listener, Action? missed = null)
    {
        var key = Interlocked.Increment(ref next);
        listeners[key] = listener;
        if (missed is not null)
        {
            missing[key] = missed;
        }

        return new Subscription(() =>
        {
            listeners.TryRemove(key, out _);
            missing.TryRemove(key, out _);
        });
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
