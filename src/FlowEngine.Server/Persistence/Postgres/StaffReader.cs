using System.Collections.Immutable;
using FlowEngine.Conversations;
using Npgsql;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>Who works here, read again only when the version that a load brings says that it has changed.</summary>
internal sealed class StaffReader(NpgsqlDataSource source)
{
    private const string VersionSql = "SELECT version FROM staff_version WHERE id = 1";

    private const string MembersSql = "SELECT agent_id, department_key FROM department_member";

    private const string AgentsSql = "SELECT id, name, role, active FROM agent";

    private const string DepartmentsSql = "SELECT key, name, active, overflow FROM department";

    private volatile Snapshot? last;

    public async ValueTask<Staff> Of(long version, CancellationToken cancel)
    {
        if (last is { } known && known.Version >= version)
        {
            return known.Staff;
        }

        // The version is read first: a change meanwhile makes the next turn read again.
        await using var batch = new Batch(source);
        batch.Add(VersionSql);
        batch.Add(MembersSql);
        batch.Add(AgentsSql);
        batch.Add(DepartmentsSql);
        await using var rows = await batch.Read(cancel);
        var now = await rows.First(row => row.Number(), cancel);
        var departments = (await rows.All(row => (Agent: row.Id(), Department: row.Text()), cancel)).ToLookup(m => m.Agent, m => m.Department);
        var agents = await rows.All(row => (Id: row.Id(), Name: row.Text(), Role: (Role)row.Int(), Active: row.Flag()), cancel);
        var entries = await rows.All(row => new DepartmentEntry(row.Text(), row.Text(), row.Flag(), row.TextOrNull()), cancel);
        var staff = new Staff(
            agents.ToImmutableDictionary(a => a.Id, a => new AgentEntry(a.Id, a.Name, a.Role, a.Active, [.. departments[a.Id]])),
            entries.ToImmutableDictionary(d => d.Key));
        last = new Snapshot(now, staff);
        return staff;
    }

    private sealed record Snapshot(long Version, Staff Staff);
}
