namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// Somebody answered from the phone or another human tool: a human act that has already reached the lead. The person outside owns it unless
    /// an agent does, it is engaged, both clocks end, a run is preempted. A finished conversation stays finished; the message is only stored.
    /// </summary>
    public Decision PhoneEcho(DateTimeOffset now)
    {
        if (Lifecycle == Lifecycle.Finished)
        {
            return Decision.Unchanged(this);
        }

        var owner = Owner.Kind == OwnerKind.Agent ? Owner : Owner.PersonOutside(Connection);
        var next = this with
        {
            Owner = owner,
            Stage = Stage.Engaged,
            PersonAnswered = true,
            UnansweredSince = null,
            HumanWaitSince = null,
            Unread = 0,
            Problems = Problems.RemoveAll(HandedToPerson),
        };
        string[] kinds = !SameParty(owner, Owner) ? ["claimed", "replied"] : Stage == Stage.Engaged ? [] : ["replied"];
        return Change(next, new Act(new Actor(ActorKind.PersonOutside, Connection, "phone"), now, kinds) { Cause = "echo" });
    }
}
