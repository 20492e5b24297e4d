namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// The engine gives people a conversation that an outside automation owns: the lead asked for a person, opted out, or waits for an answer in
    /// vain. To the queue of the department; without a usable one nobody owns it and it is in Waiting. Nothing of the automation may leave any more.
    /// </summary>
    /// <param name="department">Where it goes when the conversation is meant for none yet: the connection's.</param>
    public Decision TakeFromApp(Actor by, string reason, string? summary, string? department, Staff staff, DateTimeOffset now)
    {
        if (Lifecycle == Lifecycle.Finished || Owner.Kind != OwnerKind.OtherApp)
        {
            return Decision.Unchanged(this);
        }

        var next = Resolve(new Target(Department ?? department, null), staff) is { } queue ? GivenTo(queue) : this with { Owner = Owner.Nobody };
        var data = Facts(("department", next.Department), ("mode", nameof(HandOffMode.Waiting)), ("summary", summary));
        return Change(next.OwingPerson(now) with { Stage = Stage.Awaiting }, new Act(by, now, "handedOff") { Cause = reason, Data = data });
    }
}
