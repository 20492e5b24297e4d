using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Server.Access;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Administration;

/// <param name="Id">Of the definition.</param>
public sealed record FirstFlow(string Id, string Name);

/// <summary>The business numbers and chats. Whatever is saved is at once in the engine's <see cref="ConnectionBook"/>.</summary>
public sealed class Connections(
    IDbContextFactory<FlowEngineContext> contexts, ConnectionBook book, ConnectionRows rows, ApiKeyBook keys, ConnectionRepair repair)
{
    /// <summary>The ways to a lead that there are.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["whatsapp", "webchat", "api"];

    private readonly OneReader reader = new();

    public async Task<IReadOnlyList<ConnectionView>> List(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var stored = await db.Connections.AsNoTracking().OrderBy(c => c.Name).ToListAsync(cancel);
        return [.. stored.Select(row => ConnectionView.Of(rows.Read(row)) with { Paused = book.PauseOf(row.Key) is { } pause ? PauseView.Of(pause) : null })];
    }

    public Task<Saved<ConnectionView>> Create(ConnectionInput input, CancellationToken cancel) => Save(input, create: true, cancel);

    public Task<Saved<ConnectionView>> Update(string key, ConnectionInput input, CancellationToken cancel) => Save(input with { Key = key }, create: false, cancel);

    /// <summary>Tries a paused connection again for all that waits for it; false when there is none of that key.</summary>
    public bool Retry(string key, Actor by)
    {
        if (book.Find(key) is null)
        {
            return false;
        }

        repair.Ask(key, by, "connectionRestored");
        return true;
    }

    /// <summary>Puts what is stored into the engine's book.</summary>
    public Task Refresh(CancellationToken cancel) => reader.Read(
        async () =>
        {
            await using var db = await contexts.CreateDbContextAsync(cancel);
            var stored = await db.Connections.AsNoTracking().ToListAsync(cancel);
            book.Replace(stored.Select(rows.Read));
        });

    private async Task<Saved<ConnectionView>> Save(ConnectionInput input, bool create, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var row = await db.Connections.SingleOrDefaultAsync(c => c.Key == input.Key, cancel);
        if (row is null && !create)
        {
            return Saved.Missing<ConnectionView>();
        }

        var errors = await Check(db, input, create ? null : row, cancel);
        if (errors.Any)
        {
            return Saved.Invalid<ConnectionView>(errors);
        }

        var known = row is null ? null : rows.Read(row);
        var next = Merge(known, input);
        if (known is not null && create)
        {
            return ConnectionView.Of(known) == ConnectionView.Of(next) ? Saved.Done(ConnectionView.Of(known)) : Saved.Taken(ConnectionView.Of(known));
        }

        row ??= db.Connections.Add(new StoredConnection { Key = next.Key, Name = "", Kind = "", GraphBaseUrl = "", GraphVersion = "" }).Entity;
        rows.Write(row, next);
        await db.SaveChangesAsync(cancel);
        await Refresh(cancel);

        // Whoever saves a connection has repaired something: what waits for it tries again.
        repair.Ask(next.Key, Actor.System, "connectionRestored");
        return known is null ? Saved.Created(ConnectionView.Of(next)) : Saved.Done(ConnectionView.Of(next));
    }

    /// <summary>The published flows with which new leads of a connection may begin, by name.</summary>
    public async Task<IReadOnlyList<FirstFlow>> Flows(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Definitions.AsNoTracking()
            .Where(d => d.IsPublished && d.DeletedAt == null)
            .OrderBy(d => d.Name)
            .Select(d => new FirstFlow(d.DefinitionId, d.Name ?? d.DefinitionId))
            .ToListAsync(cancel);
    }

    private async Task<FieldErrors> Check(FlowEngineContext db, ConnectionInput input, StoredConnection? row, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        errors.Slug(input.Key, "key");
        errors.Text(input.Name, "name", 100);
        errors.Check(Kinds.Contains(input.Kind ?? row?.Kind), "kind", "is whatsapp, webchat or api");
        errors.Check(row is null || input.Kind is null || input.Kind == row.Kind, "kind", "cannot change");
        errors.Check(IsWebAddress(input.GraphBaseUrl), "graphBaseUrl", "is an http or https address");
        errors.Check(input.Department is null || await db.Departments.AnyAsync(d => d.Key == input.Department, cancel), "department", "is a department's key");
        errors.Check(Blank(input.Automation) is not { } key || keys.IsNamed(key, Roles.Automation), "automation", "is the name of an API key with the role automation");
        ChatLookRules.Check(input.WebChat, errors);
        if (input.PhoneNumberId is { } number)
        {
            errors.Check(!await db.Connections.AnyAsync(c => c.PhoneNumberId == number && c.Key != input.Key, cancel), "phoneNumberId", "belongs to another connection");
            // Race R124: conversations of one number must not go on through another by accident.
            var moves = row?.PhoneNumberId is { } present && present != number;
            errors.Check(!moves || !await db.Conversations.AnyAsync(c => c.Connection == input.Key, cancel), "phoneNumberId", "cannot change once there are conversations");
        }

        return errors;
    }

    private static Connection Merge(Connection? known, ConnectionInput input)
    {
        var present = known ?? new Connection { Key = input.Key!, Name = "", Kind = input.Kind! };
        return present with
        {
            Name = input.Name!.Trim(),
            Flow = Blank(input.Flow),
            Department = Blank(input.Department),
            PhoneNumberId = input.PhoneNumberId ?? present.PhoneNumberId,
            BusinessAccountId = input.BusinessAccountId ?? present.BusinessAccountId,
            AccessToken = input.AccessToken ?? present.AccessToken,
            AppSecret = input.AppSecret ?? present.AppSecret,
            VerifyToken = input.VerifyToken ?? present.VerifyToken,
            GraphBaseUrl = input.GraphBaseUrl?.TrimEnd('/') ?? present.GraphBaseUrl,
            GraphVersion = input.GraphVersion ?? present.GraphVersion,
            EchoTakesOver = input.EchoTakesOver,
            EscapeWords = input.EscapeWords,
            Automation = Blank(input.Automation),
            AutomationTakesFlows = input.AutomationTakesFlows,
            AutomationTakesQueues = input.AutomationTakesQueues,
            Active = input.Active,
            WebChat = input.WebChat is { } chat ? ChatLookRules.Tidy(chat) : present.WebChat,
        };
    }

    private static string? Blank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static bool IsWebAddress(string? address) =>
        address is null || (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https");
}
