namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// Who a target means, with the staff of this commit; null when there is no such active agent or department. Without a named one it is
    /// the conversation's own department.
    /// </summary>
    private (Owner Owner, string? Department)? Resolve(Target target, Staff staff)
    {
        var department = target.Department;
        if (department is not null && ActiveDepartment(department, staff) is null)
        {
            return null;
        }

        if (target.Agent is { } id)
        {
            return staff.Agents.GetValueOrDefault(id) is { Active: true } agent ? (Owner.Agent(id, agent.Name), department ?? Department) : null;
        }

        department ??= Department;
        return department is not null && ActiveDepartment(department, staff) is { } entry ? QueueOf(entry, staff) : null;
    }

    /// <summary>
    /// The queue of a department; when nobody works there, that of the nearest overflow department with people (races R31, R123). With no
    /// people anywhere it stays where it was asked for, and the check of invariant I12 alarms.
    /// </summary>
    private static (Owner Owner, string? Department) QueueOf(DepartmentEntry asked, Staff staff)
    {
        var seen = new HashSet<string>();
        for (var entry = asked; entry is not null && seen.Add(entry.Key); entry = ActiveDepartment(entry.Overflow, staff))
        {
            if (staff.MembersOf(entry.Key).Any())
            {
                return (Owner.Queue(entry.Key, entry.Name), entry.Key);
            }
        }

        return (Owner.Queue(asked.Key, asked.Name), asked.Key);
    }

    private static DepartmentEntry? ActiveDepartment(string? key, Staff staff) =>
        key is not null && staff.Departments.GetValueOrDefault(key) is { Active: true } entry ? entry : null;

    private Decision RefuseUnknownTarget(Target target) => Refuse(
        RefusalKind.Invalid, "unknownTarget",
        target.Agent is not null ? "There is no such active agent or department." : $"There is no active department '{target.Department ?? Department}'.");

    /// <summary>The conversation in the hands of a target; an agent becomes responsible, a queue leaves the last one responsible.</summary>
    private Conversation GivenTo((Owner Owner, string? Department) target) => this with
    {
        Owner = target.Owner,
        Department = target.Department,
        ResponsibleId = target.Owner.Kind == OwnerKind.Agent ? Guid.Parse(target.Owner.Id!) : ResponsibleId,
        ResponsibleName = target.Owner.Kind == OwnerKind.Agent ? target.Owner.Name : ResponsibleName,
        Problems = Problems.RemoveAll(HandedToPerson),
    };

    /// <summary>
    /// Problems that end when a person takes the conversation over: those of the run, and its failed, unknown or held sends. A closed window
    /// and a person's own message that failed or waits for a broken connection are still there after a change of hands.
    /// </summary>
    private bool HandedToPerson(Problem problem) => problem.Kind switch
    {
        ProblemKind.Flow or ProblemKind.FlowEndedWithoutOwner or ProblemKind.Poison => true,
        ProblemKind.Send or ProblemKind.UnknownSend or ProblemKind.Connection => Owner.Kind is not (OwnerKind.Agent or OwnerKind.PersonOutside),
        _ => false,
    };
}
