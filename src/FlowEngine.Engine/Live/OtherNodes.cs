namespace FlowEngine.Engine.Live;

/// <summary>
/// What the other nodes should hear of this one's commits. On a single node nobody listens. Whatever is lost on the way is found by looking:
/// outcomes stand in the store, desks reconcile by version, and the webhook sender looks by itself.
/// </summary>
public sealed class OtherNodes
{
    /// <summary>Listeners must be quick and must not throw: they post to their own queue.</summary>
    public Action<ConversationChanged>? OnChanged { get; set; }

    /// <summary>A command, or an event of a run, was turned whose caller does not wait in this process.</summary>
    public Action<Guid>? OnTurned { get; set; }

    /// <summary>Outgoing webhooks are owed.</summary>
    public Action? OnHooksOwed { get; set; }
}
