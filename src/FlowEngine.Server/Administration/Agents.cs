using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Server.Access;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Administration;

/// <param name="Role">agent, supervisor or admin.</param>
/// <param name="Departments">Keys.</param>
public sealed record AgentView(Guid Id, string Email, string Name, string Role, bool Active, IReadOnlyList<string> Departments, DateTimeOffset CreatedAt);

/// <summary>What an administrator writes of a person; null leaves e-mail, password and departments as they are.</summary>
public sealed record AgentInput(
    string? Email = null, string? Name = null, string? Role = null, string? Password = null, bool Active = true, IReadOnlyList<string>? Departments = null);

/// <summary>
/// The people who work here. Nobody is ever deleted, only deactivated: the history keeps its names. A change of rights ends the
/// person's sessions within a minute, and every turn reads the staff anew (invariant I20).
/// </summary>
public sealed class Agents(IServiceScopeFactory scopes, AgentLeaves leaves, Ids ids, TimeProvider clock)
{
    public async Task<IReadOnlyList<AgentView>> List(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FlowEngineContext>();
        var agents = await db.Agents.AsNoTracking().OrderBy(a => a.Name).ToListAsync(cancel);
        var members = (await db.DepartmentMembers.AsNoTracking().ToListAsync(cancel)).ToLookup(m => m.AgentId, m => m.DepartmentKey);
        return [.. agents.Select(a => View(a, [.. members[a.Id].Order(StringComparer.Ordinal)]))];
    }

    public async Task<Saved<AgentView>> Create(AgentInput input, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, users) = Parts(scope);
        var errors = await Check(db, input, cancel);
        var email = errors.Text(input.Email, "email", 254);
        if (await users.FindByEmailAsync(email) is { } known)
        {
            var view = await Find(db, known, cancel);
            return view.Name == input.Name?.Trim() && view.Role == input.Role ? Saved.Done(view) : Saved.Taken(view);
        }

        errors.Check(System.Net.Mail.MailAddress.TryCreate(email, out _), "email", "is an e-mail address");
        var agent = new AgentUser { Id = ids.Next(), UserName = email, Email = email, Name = input.Name?.Trim() ?? "", Role = Roles.Parse(input.Role), Active = input.Active, CreatedAt = clock.GetUtcNow() };
        await CheckPassword(users, agent, errors.Text(input.Password, "password", 200), errors);
        if (errors.Any)
        {
            return Saved.Invalid<AgentView>(errors);
        }

        // One save for the person and the memberships: if the process dies before it, there is neither.
        AddMemberships(db, agent, input);
        var made = await users.CreateAsync(agent, input.Password!);
        return made.Succeeded ? Saved.Created(await Find(db, agent, cancel)) : Saved.Invalid<AgentView>(Errors(made));
    }

    public async Task<Saved<AgentView>> Update(Guid id, AgentInput input, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, users) = Parts(scope);
        if (await users.FindByIdAsync(id.ToString()) is not { } agent)
        {
            return Saved.Missing<AgentView>();
        }

        var errors = await Check(db, input, cancel);
        errors.Check(!await IsLastAdmin(db, agent, cancel) || (input.Active && input.Role == Roles.Admin), "role", "of the last active administrator cannot change");
        if (input.Password is { } password && await CheckPassword(users, agent, password, errors))
        {
            agent.PasswordHash = users.PasswordHasher.HashPassword(agent, password);
        }

        if (errors.Any)
        {
            return Saved.Invalid<AgentView>(errors);
        }

        (agent.Name, agent.Role, agent.Active) = (input.Name!.Trim(), Roles.Parse(input.Role), input.Active);
        if (input.Departments is not null)
        {
            db.DepartmentMembers.RemoveRange(await db.DepartmentMembers.Where(m => m.AgentId == id && !input.Departments.Contains(m.DepartmentKey)).ToListAsync(cancel));
            AddMemberships(db, agent, input with { Departments = [.. input.Departments.Except(await db.DepartmentMembers.Where(m => m.AgentId == id).Select(m => m.DepartmentKey).ToListAsync(cancel))] });
        }

        // The new stamp ends the sessions that were opened under the old rights; it is written with them in one save.
        var saved = await users.UpdateSecurityStampAsync(agent);
        if (!saved.Succeeded)
        {
            return Saved.Invalid<AgentView>(Errors(saved));
        }

        if (!agent.Active)
        {
            await leaves.GiveBack(agent, cancel);
        }

        return Saved.Done(await Find(db, agent, cancel));
    }

    private static (FlowEngineContext Db, UserManager<AgentUser> Users) Parts(AsyncServiceScope scope) =>
        (scope.ServiceProvider.GetRequiredService<FlowEngineContext>(), scope.ServiceProvider.GetRequiredService<UserManager<AgentUser>>());

    private static async Task<FieldErrors> Check(FlowEngineContext db, AgentInput input, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        errors.Text(input.Name, "name", 100);
        errors.Check(Roles.Parse(input.Role) != Role.None, "role", "is agent, supervisor or admin");
        var departments = (input.Departments ?? []).Distinct().ToList();
        errors.Check(await db.Departments.CountAsync(d => departments.Contains(d.Key), cancel) == departments.Count, "departments", "are keys of departments");
        return errors;
    }

    private static async Task<bool> CheckPassword(UserManager<AgentUser> users, AgentUser agent, string password, FieldErrors errors)
    {
        foreach (var validator in users.PasswordValidators)
        {
            foreach (var broken in (await validator.ValidateAsync(users, agent, password)).Errors)
            {
                errors.Add("password", broken.Description);
            }
        }

        return !errors.Any;
    }

    private static async Task<bool> IsLastAdmin(FlowEngineContext db, AgentUser agent, CancellationToken cancel) =>
        agent is { Role: Role.Admin, Active: true } && !await db.Agents.AnyAsync(a => a.Id != agent.Id && a.Role == Role.Admin && a.Active, cancel);

    private static void AddMemberships(FlowEngineContext db, AgentUser agent, AgentInput input) =>
        db.DepartmentMembers.AddRange((input.Departments ?? []).Distinct().Select(d => new StoredDepartmentMember { DepartmentKey = d, AgentId = agent.Id }));

    private static FieldErrors Errors(IdentityResult result)
    {
        var errors = new FieldErrors();
        foreach (var error in result.Errors)
        {
            errors.Add("email", error.Description);
        }

        return errors;
    }

    private static async Task<AgentView> Find(FlowEngineContext db, AgentUser agent, CancellationToken cancel) =>
        View(agent, await db.DepartmentMembers.AsNoTracking().Where(m => m.AgentId == agent.Id).Select(m => m.DepartmentKey).OrderBy(k => k).ToListAsync(cancel));

    private static AgentView View(AgentUser agent, IReadOnlyList<string> departments) =>
        new(agent.Id, agent.Email ?? "", agent.Name, Roles.Of(agent.Role), agent.Active, departments, agent.CreatedAt);
}
