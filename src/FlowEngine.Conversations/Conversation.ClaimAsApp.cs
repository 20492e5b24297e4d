namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// An outside automation becomes owner (ownership.md sections 3 and 4): from nobody; from a running flow or a queue only where the connection
    /// says so (race R12). Never while a person owns or is awaited, and not out of Error. For its owner it is a no-op that tells the epoch.
    /// A flow that it takes over from is parked. The human clock is left alone (invariant I14): who waited for a person still does.
    /// </summary>
    /// <param name="expectedEpoch">The epoch that the automation saw; null to take it whatever happened since.</param>
    /// <param name="cause">What gave it the conversation when it did not ask: its connection.</param>
    /// <returns>Conflict finished, inError, ownedByOther, staleEpoch; Forbidden notAllowed.</returns>
    public Decision ClaimAsApp(Actor app, long? expectedEpoch, AppClaims allowed, DateTimeOffset now, string? cause = null)
    {
        if (app is not { Kind: ActorKind.OtherApp, Id: { } key })
        {
            return RefuseNotAllowed();
        }

        if (RefuseClaimAsApp(key, allowed) is { } refused)
        {
            return refused;
        }

        if (Owner.IsApp(key))
        {
            return Decision.Unchanged(this);
        }

        return expectedEpoch is { } seen && seen != Epoch
            ? RefuseStale()
            : Change(this with { Owner = Owner.OtherApp(key, app.Name), Stage = Stage.None }, new Act(app, now, "claimed") { Cause = cause });
    }

    private Decision? RefuseClaimAsApp(string key, AppClaims allowed)
    {
        if (Lifecycle == Lifecycle.Finished)
        {
            return RefuseFinished();
        }

        if (HasBlockingProblem)
        {
            return RefuseInError();
        }

        var open = Owner.Kind switch
        {
            OwnerKind.OtherApp => Owner.Id == key,
            OwnerKind.Nobody => Stage == Stage.None,
            OwnerKind.Flow => allowed.FromFlow && Stage == Stage.None,
            OwnerKind.Queue => allowed.FromQueue && Stage != Stage.Engaged,
            _ => false,
        };
        return open ? null : RefuseOwnedByOther();
    }

    /// <summary>An outside automation may act only while it owns the conversation, under the epoch of its grant, and outside Error.</summary>
    private Decision? RefuseUnlessApp(Actor app, long? epoch) => this switch
    {
        _ when app is not { Kind: ActorKind.OtherApp, Id: not null } => RefuseNotAllowed(),
        { Lifecycle: Lifecycle.Finished } => RefuseFinished(),
        _ when !Owner.IsApp(app.Id) => RefuseOwnedByOther(),
        { HasBlockingProblem: true } => RefuseInError(),
        _ => epoch is { } held && held != Epoch ? RefuseStale() : null,
    };

    private Decision RefuseStale() => Refuse(RefusalKind.Conflict, "staleEpoch", "The conversation has changed hands since you looked.");

    private Decision RefuseInError() => Refuse(RefusalKind.Conflict, "inError", "The conversation is in Error: a person must see to its problem first.");
}

/// <summary>From whom an outside automation may take a conversation of a connection, beside nobody; by default from no one.</summary>
public readonly record struct AppClaims(bool FromFlow, bool FromQueue);
