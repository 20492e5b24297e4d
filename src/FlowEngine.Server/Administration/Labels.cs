using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Administration;

/// <param name="Color">CSS colour such as <c>#2e7d32</c>; null for the neutral one.</param>
public sealed record Label(string Name, string? Color);

/// <summary>The labels that people choose from.</summary>
public sealed class Labels(IDbContextFactory<FlowEngineContext> contexts)
{
    public async Task<IReadOnlyList<Label>> List(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Labels.AsNoTracking().OrderBy(l => l.Name).Select(l => new Label(l.Name, l.Color)).ToListAsync(cancel);
    }

    public async Task<Saved<Label>> Create(Label input, CancellationToken cancel)
    {
        if (Check(input) is { Any: true } errors)
        {
            return Saved.Invalid<Label>(errors);
        }

        await using var db = await contexts.CreateDbContextAsync(cancel);
        var label = new Label(input.Name.Trim(), input.Color);
        if (await db.Labels.FindAsync([label.Name], cancel) is { } known)
        {
            return known.Color == label.Color ? Saved.Done(label) : Saved.Taken(new Label(known.Name, known.Color));
        }

        db.Labels.Add(new StoredLabel { Name = label.Name, Color = label.Color });
        await db.SaveChangesAsync(cancel);
        return Saved.Created(label);
    }

    public async Task<Saved<Label>> Update(string name, Label input, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.Labels.FindAsync([name], cancel) is not { } row)
        {
            return Saved.Missing<Label>();
        }

        if (Check(input with { Name = name }) is { Any: true } errors)
        {
            return Saved.Invalid<Label>(errors);
        }

        row.Color = input.Color;
        await db.SaveChangesAsync(cancel);
        return Saved.Done(new Label(row.Name, row.Color));
    }

    private static FieldErrors Check(Label input)
    {
        var errors = new FieldErrors();
        errors.Text(input.Name, "name", 64);
        errors.Check(
            input.Color is null || (input.Color is ['#', ..] && input.Color.Length is 4 or 7 && input.Color.Skip(1).All(char.IsAsciiHexDigit)), "color", "is a colour such as #2e7d32");
        return errors;
    }
}
