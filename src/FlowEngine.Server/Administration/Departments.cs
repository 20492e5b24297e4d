using System.Text.Json;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Administration;

/// <param name="Overflow">Key of the department that takes over what this one cannot.</param>
/// <param name="Hours">Null means those of the company.</param>
/// <param name="Members">Ids of agents.</param>
public sealed record Department(string Key, string Name, bool Active, string? Overflow, WeeklyHours? Hours, IReadOnlyList<Guid> Members, ResponseTargets Targets);

/// <summary>What an administrator writes of a department; null members leave them as they are.</summary>
public sealed record DepartmentInput(string? Key, string? Name, bool Active = true, string? Overflow = null, WeeklyHours? Hours = null, IReadOnlyList<Guid>? Members = null, ResponseTargets? Targets = null);

/// <summary>The departments. None is ever deleted, only deactivated, so that no conversation points at nothing (race R122).</summary>
public sealed class Departments(IDbContextFactory<FlowEngineContext> contexts, CompanySettings company)
{
    public async Task<IReadOnlyList<Department>> List(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await db.Departments.AsNoTracking().Include(d => d.Members).OrderBy(d => d.Name).ToListAsync(cancel);
        return [.. rows.Select(Read)];
    }

    public Task<Saved<Department>> Create(DepartmentInput input, CancellationToken cancel) => Save(input, create: true, cancel);

    public Task<Saved<Department>> Update(string key, DepartmentInput input, CancellationToken cancel) => Save(input with { Key = key }, create: false, cancel);

    private async Task<Saved<Department>> Save(DepartmentInput input, bool create, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var row = await db.Departments.Include(d => d.Members).SingleOrDefaultAsync(d => d.Key == input.Key, cancel);
        if (row is null && !create)
        {
            return Saved.Missing<Department>();
        }

        var errors = await Check(db, input, cancel);
        if (errors.Any)
        {
            return Saved.Invalid<Department>(errors);
        }

        if (row is not null && create)
        {
            return IsSame(Read(row), input) ? Saved.Done(Read(row)) : Saved.Taken(Read(row));
        }

        var added = row is null;
        row ??= db.Departments.Add(new StoredDepartment { Key = input.Key!, Name = "" }).Entity;
        Write(row, input);
        await db.SaveChangesAsync(cancel);
        await company.Refresh(cancel);
        return added ? Saved.Created(Read(row)) : Saved.Done(Read(row));
    }

    private static async Task<FieldErrors> Check(FlowEngineContext db, DepartmentInput input, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        errors.Slug(input.Key, "key");
        errors.Text(input.Name, "name", 100);
        input.Hours?.Check(errors, "hours");
        input.Targets?.Check(errors, "targets");
        if (input.Overflow is { } overflow)
        {
            errors.Check(overflow != input.Key && await db.Departments.AnyAsync(d => d.Key == overflow, cancel), "overflow", "is another department");
        }

        var members = (input.Members ?? []).Distinct().ToList();
        errors.Check(await db.Agents.CountAsync(a => members.Contains(a.Id), cancel) == members.Count, "members", "are ids of agents");
        return errors;
    }

    private static void Write(StoredDepartment row, DepartmentInput input)
    {
        row.Name = input.Name!.Trim();
        row.Active = input.Active;
        row.Overflow = input.Overflow;
        row.Hours = input.Hours is null ? null : JsonSerializer.Serialize(input.Hours, JsonSerializerOptions.Web);
        if (input.Targets is { } targets)
        {
            (row.FirstResponseMinutes, row.NextResponseMinutes, row.OverflowMinutes, row.PauseWhenClosed) =
                (targets.FirstResponseMinutes, targets.NextResponseMinutes, targets.OverflowMinutes, targets.PauseWhenClosed);
        }

        if (input.Members is not { } members)
        {
            return;
        }

        row.Members.RemoveAll(m => !members.Contains(m.AgentId));
        row.Members.AddRange(members.Distinct().Where(id => row.Members.All(m => m.AgentId != id)).Select(id => new StoredDepartmentMember { DepartmentKey = row.Key, AgentId = id }).ToList());
    }

    private static bool IsSame(Department known, DepartmentInput input) =>
        known.Name == input.Name?.Trim() && known.Overflow == input.Overflow && known.Active == input.Active
        && (input.Targets is null || known.Targets == input.Targets)
        && (input.Members is null || known.Members.ToHashSet().SetEquals(input.Members));

    private static Department Read(StoredDepartment row) => new(
        row.Key, row.Name, row.Active, row.Overflow,
        row.Hours is null ? null : JsonSerializer.Deserialize<WeeklyHours>(row.Hours, JsonSerializerOptions.Web),
        [.. row.Members.Select(m => m.AgentId)],
        new ResponseTargets(row.FirstResponseMinutes, row.NextResponseMinutes, row.OverflowMinutes, row.PauseWhenClosed));
}
