using System.Text.Json;
using FlowEngine.Engine;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Leads.Imports;

/// <param name="Id">Of the person or key; part of what a row is known by.</param>
internal sealed record ImportSender(string Id, string Name);

/// <summary>Large imports as they lie in the database. Storing one makes no lead; <see cref="ImportWork"/> does, after everything is stored.</summary>
internal sealed class StoredImports(IDbContextFactory<FlowEngineContext> contexts, Ids ids, TimeProvider clock)
{
    private const int Batch = 500;

    /// <summary>Stores all rows and answers the import's id. The same idempotency key again is the same import.</summary>
    public async Task<Guid> Store(ImportFile file, string? fileName, ImportSender sender, string? idempotencyKey, CancellationToken cancel)
    {
        var key = idempotencyKey is null ? null : $"{sender.Id}:{idempotencyKey}";
        if (await Known(key, cancel) is { } known)
        {
            return known;
        }

        var import = new StoredImport
        {
            Id = ids.Next(),
            IdempotencyKey = key,
            KeyPrefix = RowKey.Prefix(sender.Id, idempotencyKey),
            FileName = fileName,
            CreatedBy = sender.Name,
            CreatedAt = clock.GetUtcNow(),
        };
        await Save(db => db.Imports.Add(import), cancel);
        var rows = new List<StoredImportRow>();
        await foreach (var row in file.All())
        {
            rows.Add(Row(import.Id, row));
            if (rows.Count == Batch)
            {
                await Save(db => db.ImportRows.AddRange(rows), cancel);
                rows.Clear();
            }
        }

        // Dying before this: the upload broke off, nobody works on it, and its sender, who got no answer, sends it again.
        await Save(
            db =>
            {
                db.ImportRows.AddRange(rows);
                db.Attach(import).Entity.State = ImportState.Working;
            },
            cancel);
        return import.Id;
    }

    /// <summary>Null when there is no such import.</summary>
    public async Task<ImportProgress?> Find(Guid import, CancellationToken cancel) => (await Progress(all => all.Where(i => i.Id == import), cancel)).SingleOrDefault();

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<ImportProgress>> Latest(int most, CancellationToken cancel) =>
        Progress(all => all.Where(i => i.State != ImportState.Reading).OrderByDescending(i => i.Id).Take(most), cancel);

    /// <summary>Rows that were not taken, behind the given line of the file.</summary>
    public async Task<IReadOnlyList<RowErrors>> Errors(Guid import, int after, int most, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await db.ImportRows.AsNoTracking().Where(r => r.ImportId == import && r.State == ImportRowState.Error && r.Number > after)
            .OrderBy(r => r.Number).Take(most).Select(r => new { r.Number, r.Errors }).ToListAsync(cancel);
        return [.. rows.Select(r => new RowErrors(r.Number, JsonSerializer.Deserialize<Dictionary<string, string[]>>(r.Errors!)!))];
    }

    private async Task<IReadOnlyList<ImportProgress>> Progress(Func<IQueryable<StoredImport>, IQueryable<StoredImport>> which, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var imports = await which(db.Imports.AsNoTracking()).ToListAsync(cancel);
        var wanted = imports.Select(i => i.Id).ToList();
        var counts = await db.ImportRows.Where(r => wanted.Contains(r.ImportId)).GroupBy(r => new { r.ImportId, r.State })
            .Select(g => new { g.Key.ImportId, g.Key.State, Count = g.Count() }).ToListAsync(cancel);
        int Count(Guid id, ImportRowState state) => counts.Find(c => c.ImportId == id && c.State == state)?.Count ?? 0;
        return [.. imports.Select(i => new ImportProgress(
            i.Id, i.State == ImportState.Finished ? "finished" : "working", i.FileName, i.CreatedBy, i.CreatedAt, i.FinishedAt, counts.Where(c => c.ImportId == i.Id).Sum(c => c.Count),
            Count(i.Id, ImportRowState.Created), Count(i.Id, ImportRowState.Duplicate), Count(i.Id, ImportRowState.Error)))];
    }

    /// <summary>An import of that key; one whose upload broke off makes room for the new try.</summary>
    private async Task<Guid?> Known(string? key, CancellationToken cancel)
    {
        if (key is null)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancel);
        var known = await db.Imports.SingleOrDefaultAsync(i => i.IdempotencyKey == key, cancel);
        if (known is { State: ImportState.Reading })
        {
            known.IdempotencyKey = null;
            await db.SaveChangesAsync(cancel);
            return null;
        }

        return known?.Id;
    }

    private StoredImportRow Row(Guid import, LeadRow row) => new()
    {
        ImportId = import,
        Number = row.Number,
        EventId = ids.Next(),
        State = row.Input is null ? ImportRowState.Error : ImportRowState.Waiting,
        Input = row.Input is null ? null : JsonSerializer.Serialize(row.Input, JsonSerializerOptions.Web),
        Errors = row.Input is null ? JsonSerializer.Serialize(new Dictionary<string, string[]> { ["row"] = [row.Unreadable ?? "cannot be read"] }) : null,
    };

    private async Task Save(Action<FlowEngineContext> change, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        change(db);
        await db.SaveChangesAsync(cancel);
    }
}
