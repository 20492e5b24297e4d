using System.Collections.Immutable;
using FlowEngine.Conversations;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>Who works here, read again only after it has changed.</summary>
internal sealed class StaffSql(StaffBook book)
{
    private const string AgentsSql = "SELECT id, name, role, active FROM agent";

    private const string MembersSql = "SELECT agent_id, department_key FROM department_member";

    private const string DepartmentsSql = "SELECT key, name, active, overflow FROM department";

    private volatile Snapshot? last;

    public Staff Now(Session session)
    {
        // The version is read first: a change meanwhile makes the next turn read again.
        var version = book.Version;
        if (last is { } known && known.Version == version)
        {
            return known.Staff;
        }

        var read = Read(session);
        last = new Snapshot(version, read);
        return read;
    }

    private static Staff Read(Session session)
    {
        var departments = session.Prepare(MembersSql).All(row => (Agent: row.Id(), Department: row.Text()))
            .ToLookup(m => m.Agent, m => m.Department);
        return new Staff(
            session.Prepare(AgentsSql).All(row => (Id: row.Id(), Name: row.Text(), Role: (Role)row.Int(), Active: row.Flag()))
                .ToImmutableDictionary(a => a.Id, a => new AgentEntry(a.Id, a.Name, a.Role, a.Active, [.. departments[a.Id]])),
            session.Prepare(DepartmentsSql).All(row => new DepartmentEntry(row.Text(), row.Text(), row.Flag(), row.TextOrNull()))
                .ToImmutableDictionary(d => d.Key));
    }

    private sealed record Snapshot(long Version, Staff Staff);
}
