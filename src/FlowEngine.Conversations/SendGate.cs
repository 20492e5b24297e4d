namespace FlowEngine.Conversations;

/// <summary>What the gate says of one message at one instant.</summary>
public abstract record GateVerdict
{
    private GateVerdict()
    {
    }

    /// <summary>It may leave now; the commit that writes this is the point of no return.</summary>
    public sealed record Release : GateVerdict;

    /// <summary>Not now; ask again when the reason is gone. Reasons: problem, connection, earlierUnsettled, notQueued.</summary>
    public sealed record Hold(string Reason) : GateVerdict;

    /// <summary>Never. Codes: finished, stale, optedOut, windowClosed.</summary>
    public sealed record Stop(SendError Error) : GateVerdict;
}

/// <summary>
/// Step 2 of sending (ownership.md section 5): asked under the conversation's lock, in the transaction that releases. What must never
/// leave is stopped even while it would have to be held.
/// </summary>
public static class SendGate
{
    private static readonly GateVerdict Released = new GateVerdict.Release();

    /// <param name="earlierUnsettled">Whether a message with a lower order number is released and not settled (invariant I6).</param>
    /// <param name="windowMargin">Kept free before the window's end.</param>
    /// <param name="optedOut">The contact wants no automatic messages.</param>
    /// <param name="window">The connection's rule for free text.</param>
    public static GateVerdict Check(
        Conversation c, Message m, bool earlierUnsettled, bool connectionUsable, DateTimeOffset now, TimeSpan windowMargin, bool optedOut = false,
        WindowKind window = WindowKind.Sliding)
    {
        if (m.State != MessageState.Queued)
        {
            return new GateVerdict.Hold("notQueued");
        }

        if (c.Lifecycle == Lifecycle.Finished && !m.LastWords)
        {
            return Stop("finished", "automation", "The conversation was finished before the message left.");
        }

        if (!MaySpeak(c, m))
        {
            return Stop("stale", "automation", "The conversation changed hands before the message left.");
        }

        if (optedOut && m.IsAutomatic)
        {
            return Stop("optedOut", "recipient", "The contact does not want automatic messages.");
        }

        if (m.IsAutomatic && !m.LastWords && c.Problems.Any(p => p.Blocking && p.MessageId != m.Id))
        {
            // The run is parked: what it has said waits for the repair, in order. Only what the problem is about may try again.
            return new GateVerdict.Hold("problem");
        }

        if (m.Content.Template is null && !c.WindowOpenAt(now, windowMargin, window))
        {
            return Stop("windowClosed", "window_closed", "Free text is not allowed now; a template is.");
        }

        return !connectionUsable ? new GateVerdict.Hold("connection") : earlierUnsettled ? new GateVerdict.Hold("earlierUnsettled") : Released;
    }

    /// <summary>
    /// Automatic messages and last words need the epoch of their grant (invariants I3, I4); last words are exempt from the owner
    /// (decision 12). A person needs to be the owner or to intervene: its own message survives epochs.
    /// </summary>
    private static bool MaySpeak(Conversation c, Message m)
    {
        if ((m.IsAutomatic || m.LastWords) && m.Epoch != c.Epoch)
        {
            return false;
        }

        return m.LastWords || m.Author switch
        {
            AuthorKind.Flow or AuthorKind.Ai => m.InstanceId is { } run && c.Owner.IsFlow(run),
            AuthorKind.OtherApp => c.Owner.Kind == OwnerKind.OtherApp && c.Owner.Id == m.AuthorId,
            AuthorKind.System => c.Owner.Kind is not (OwnerKind.Agent or OwnerKind.PersonOutside),
            AuthorKind.Agent => m.Intervention || (Guid.TryParse(m.AuthorId, out var agent) && c.Owner.IsAgent(agent)),
            _ => false,
        };
    }

    private static GateVerdict.Stop Stop(string code, string category, string message) => new(new SendError(code, category, message));
}
