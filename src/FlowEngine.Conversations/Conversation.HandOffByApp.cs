namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// The owning outside automation gives the conversation to people, exactly as a flow does (<see cref="HandOff"/>): the human clock starts in
    /// either mode and its unreleased words go with the new epoch (decision 12).
    /// </summary>
    /// <returns>Conflict finished, ownedByOther (also the second of two handoffs), inError, staleEpoch; Forbidden notAllowed; Invalid unknownTarget.</returns>
    public Decision HandOffByApp(Actor app, long epoch, Target target, HandOffMode mode, string? reason, string? summary, Staff staff, DateTimeOffset now) =>
        RefuseUnlessApp(app, epoch) ?? HandedOff(app, target, mode, reason, summary, staff, now);
}
