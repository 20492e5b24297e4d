namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// An agent was deactivated or is away for good: its conversations go to the queue of their department, else of one of the agent's own, with
    /// stage and clocks kept, and never to the bot (race R27). With no usable department nobody owns it and the stage keeps it with people.
    /// </summary>
    public Decision AgentGone(Guid agent, Staff staff, DateTimeOffset now)
    {
        if (Lifecycle == Lifecycle.Finished || !Owner.IsAgent(agent))
        {
            return Decision.Unchanged(this);
        }

        var departments = staff.Agents.GetValueOrDefault(agent)?.Departments.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>();
        var queue = departments.Prepend(Department).Select(d => ActiveDepartment(d, staff)).FirstOrDefault(d => d is not null);
        var next = queue is null ? this with { Owner = Owner.Nobody } : GivenTo(QueueOf(queue, staff));
        return Change(next, new Act(Actor.System, now, "agentGone") { Data = Facts(("department", next.Department), ("agent", Owner.Name)) });
    }
}
