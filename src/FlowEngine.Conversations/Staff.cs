using System.Collections.Immutable;

namespace FlowEngine.Conversations;

public sealed record AgentEntry(Guid Id, string Name, Role Role, bool Active, ImmutableHashSet<string> Departments);

public sealed record DepartmentEntry(string Key, string Name, bool Active, string? Overflow = null);

/// <summary>
/// Who works here, as read with the conversation in the same turn, so that rights are those of the commit (invariant I20).
/// </summary>
public sealed record Staff(
    ImmutableDictionary<Guid, AgentEntry> Agents,
    ImmutableDictionary<string, DepartmentEntry> Departments)
{
    public static readonly Staff Empty = new(ImmutableDictionary<Guid, AgentEntry>.Empty, ImmutableDictionary<string, DepartmentEntry>.Empty);

    public IEnumerable<AgentEntry> MembersOf(string department) => Agents.Values.Where(a => a.Active && a.Departments.Contains(department));
}
