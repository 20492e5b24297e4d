namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// The owning outside automation writes to the lead under the epoch that it claims to hold. Whether the window is open, and whether the lead
    /// wants automatic messages at all, is for the caller to ask.
    /// </summary>
    /// <returns>Conflict finished, ownedByOther, inError, staleEpoch; Forbidden notAllowed.</returns>
    public Decision SayAsApp(Actor app, long epoch, DateTimeOffset now) => RefuseUnlessApp(app, epoch) ?? AutomationSpoke(app, now);
}
