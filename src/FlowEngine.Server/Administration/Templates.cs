using System.Globalization;
using System.Text.RegularExpressions;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Administration;

/// <param name="Language">Code as the provider writes it: es, pt_BR, en_US.</param>
/// <param name="Status">As the provider says it: APPROVED, PENDING, REJECTED, PAUSED …</param>
/// <param name="Body">With its variables as <c>{{1}}</c>, <c>{{2}}</c>.</param>
/// <param name="ParameterCount">How many variables the body has; computed.</param>
public sealed record Template(string Name, string Language, string Body, string? Category = null, string Status = "APPROVED", int ParameterCount = 0);

/// <summary>The message templates that the provider has approved, for what is said outside the window.</summary>
public sealed partial class Templates(IDbContextFactory<FlowEngineContext> contexts)
{
    public async Task<IReadOnlyList<Template>> List(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await db.Templates.AsNoTracking().OrderBy(t => t.Name).ThenBy(t => t.Language).ToListAsync(cancel);
        return [.. rows.Select(Read)];
    }

    public async Task<Template?> Find(string name, string language, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Templates.AsNoTracking().SingleOrDefaultAsync(t => t.Name == name && t.Language == language, cancel) is { } row ? Read(row) : null;
    }

    public Task<Saved<Template>> Create(Template input, CancellationToken cancel) => Save(input, create: true, cancel);

    public Task<Saved<Template>> Update(Template input, CancellationToken cancel) => Save(input, create: false, cancel);

    /// <summary>The words that the lead gets.</summary>
    public static string Render(string body, IReadOnlyList<string> parameters) => Variable().Replace(
        body, match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is var n && n >= 1 && n <= parameters.Count ? parameters[n - 1] : match.Value);

    private async Task<Saved<Template>> Save(Template input, bool create, CancellationToken cancel)
    {
        if (Check(input) is { Any: true } errors)
        {
            return Saved.Invalid<Template>(errors);
        }

        await using var db = await contexts.CreateDbContextAsync(cancel);
        var row = await db.Templates.SingleOrDefaultAsync(t => t.Name == input.Name && t.Language == input.Language, cancel);
        var next = input with { ParameterCount = Count(input.Body) };
        if (row is null && !create)
        {
            return Saved.Missing<Template>();
        }

        if (row is not null && create)
        {
            return Read(row) == next ? Saved.Done(next) : Saved.Taken(Read(row));
        }

        var added = row is null;
        row ??= db.Templates.Add(new StoredTemplate { Name = next.Name, Language = next.Language, Body = "", Status = "" }).Entity;
        (row.Body, row.Category, row.Status, row.ParameterCount) = (next.Body, next.Category, next.Status, next.ParameterCount);
        await db.SaveChangesAsync(cancel);
        return added ? Saved.Created(next) : Saved.Done(next);
    }

    private static FieldErrors Check(Template input)
    {
        var errors = new FieldErrors();
        errors.Slug(input.Name, "name");
        errors.Check(LanguageCode().IsMatch(input.Language ?? ""), "language", "is a code such as es or pt_BR");
        errors.Text(input.Body, "body", 1024);
        errors.Text(input.Status, "status", 32);
        return errors;
    }

    private static int Count(string body) =>
        Variable().Matches(body).Select(m => int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();

    private static Template Read(StoredTemplate row) => new(row.Name, row.Language, row.Body, row.Category, row.Status, row.ParameterCount);

    [GeneratedRegex(@"\{\{([0-9]{1,2})\}\}")]
    private static partial Regex Variable();

    [GeneratedRegex("^[a-z]{2,3}(_[A-Za-z]{2,4})?$")]
    private static partial Regex LanguageCode();
}
