namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// The owner or a supervisor gives it (back) to a flow. The human attention is finalized and recorded as such: stage none and the human
    /// clock ends, because the flow owes the answer now; unanswered-since runs on. An outside automation ends no human clock (invariant I14).
    /// </summary>
    /// <param name="instance">The run to resume; null when a new one starts: nobody owns it until <see cref="StartFlow"/> in the same turn.</param>
    /// <returns>Conflict finished or ownedByOther; Forbidden notAllowed.</returns>
    public Decision ReleaseToFlow(Actor actor, Guid? instance, string name, DateTimeOffset now)
    {
        if (RefuseUnlessInCharge(actor) is { } refused)
        {
            return refused;
        }

        if (instance is { } same && Owner.IsFlow(same))
        {
            return Decision.Unchanged(this);
        }

        var attended = Stage != Stage.None || Owner.Kind is OwnerKind.Agent or OwnerKind.PersonOutside;
        var next = this with
        {
            Owner = instance is { } run ? Owner.Flow(run, name) : Owner.Nobody,
            FlowInstance = instance,
            Stage = Stage.None,
            HumanWaitSince = actor.Kind == ActorKind.OtherApp ? HumanWaitSince : null,
            Problems = Problems.RemoveAll(HandedToPerson),
        };
        string[] kinds = attended ? ["attentionFinalized", "released"] : ["released"];
        return Change(next, new Act(actor, now, kinds) { Data = Facts(("flow", name)) });
    }
}
