namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// The owning outside automation lets go. To nobody: a lead who wrote is in Waiting then, clock running, until a trigger or a person takes it.
    /// To a flow: <see cref="ReleaseToFlow"/>, which lets an owning automation in too.
    /// </summary>
    /// <param name="epoch">The epoch of its grant; null releases whatever it owns now.</param>
    /// <returns>Conflict finished, ownedByOther, inError, staleEpoch; Forbidden notAllowed.</returns>
    public Decision ReleaseByApp(Actor app, long? epoch, DateTimeOffset now) =>
        RefuseUnlessApp(app, epoch) ?? Change(Ownerless(now), new Act(app, now, "released"));
}
