using System.Text.Json;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Leads.Imports;

/// <summary>
/// Makes leads of stored rows, in batches. It may die anywhere and be begun again by anybody, even twice at once: a row's event has the id and
/// the dedupe key that were fixed with the row, so that it is one lead.
/// </summary>
internal sealed partial class ImportWork(
    IDbContextFactory<FlowEngineContext> contexts, LeadReader reader, Intake intake, Drain drain, TimeProvider clock, ILogger<ImportWork> log)
{
    private const int Batch = 100;

    /// <summary>Conversations under way from which on the next batch waits: leads who write must not stand in line behind a file.</summary>
    private const int Busy = 64;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>At the start of the only process: whoever worked on an import is dead.</summary>
    public async Task TakeOver(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await db.Change(() => db.Imports.Where(i => i.State == ImportState.Working).ExecuteUpdateAsync(i => i.SetProperty(x => x.WorkedUntil, (DateTimeOffset?)null), cancel), cancel);
    }

    /// <summary>Works on every import that nobody works on: those whose wake-up was lost and those that a dead worker left.</summary>
    public async Task RunAll(CancellationToken cancel)
    {
        List<Guid> open;
        await using (var db = await contexts.CreateDbContextAsync(cancel))
        {
            open = await Open(db).Select(i => i.Id).ToListAsync(cancel);
        }

        foreach (var import in open)
        {
            await Run(import, cancel);
        }
    }

    /// <summary>Works until the import is done; returns at once when it is, or when somebody else works on it.</summary>
    public async Task Run(Guid import, CancellationToken cancel)
    {
        if (!await Take(import, cancel))
        {
            return;
        }

        try
        {
            while (await Next(import, cancel))
            {
                await GiveWay(cancel);
            }
        }
        finally
        {
            await Leave(import);
        }
    }

    internal static IQueryable<StoredImport> Open(FlowEngineContext db) => db.Imports.AsNoTracking().Where(i => i.State == ImportState.Working).OrderBy(i => i.Id);

    internal static IQueryable<StoredImportRow> Waiting(FlowEngineContext db, Guid import) =>
        db.ImportRows.Where(r => r.ImportId == import && r.State == ImportRowState.Waiting).OrderBy(r => r.Number).Take(Batch);

    private async Task<bool> Take(Guid import, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Change(() => db.Imports.Where(i => i.Id == import && i.State == ImportState.Working && (i.WorkedUntil == null || i.WorkedUntil < now))
            .ExecuteUpdateAsync(i => i.SetProperty(x => x.WorkedUntil, now + Lease), cancel), cancel) == 1;
    }

    /// <summary>One batch; false when there was none left.</summary>
    private async Task<bool> Next(Guid import, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var stored = await db.Imports.SingleAsync(i => i.Id == import, cancel);
        var rows = await Waiting(db, import).ToListAsync(cancel);
        if (rows.Count == 0)
        {
            (stored.State, stored.FinishedAt) = (ImportState.Finished, clock.GetUtcNow());
            await db.SaveChangesAsync(cancel);
            LogFinished(import);
            return false;
        }

        var leads = rows.Select(row => (Row: row, Lead: Read(row, stored.KeyPrefix))).Where(r => r.Lead is not null).ToList();
        var results = await intake.Accept([.. leads.Select(l => l.Lead!)], cancel);

        // Dying here: the leads are stored and their rows still wait. The next worker offers the same events, and their ids say that they are these rows'.
        foreach (var (row, result) in leads.Zip(results, (l, r) => (l.Row, r)))
        {
            row.State = result.EventId == row.EventId ? ImportRowState.Created : ImportRowState.Duplicate;
            row.ConversationId = result.Mailbox;
        }

        rows.ForEach(row => row.Input = null);
        stored.WorkedUntil = clock.GetUtcNow() + Lease;
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private NewEvent? Read(StoredImportRow row, string prefix)
    {
        var input = JsonSerializer.Deserialize<LeadInput>(row.Input!, JsonSerializerOptions.Web)!;
        var errors = new FieldErrors();
        if (reader.Read(input, RowKey.Of(prefix, input), errors) is { } lead)
        {
            return lead with { Id = row.EventId };
        }

        (row.State, row.Errors) = (ImportRowState.Error, JsonSerializer.Serialize(errors.ByField));
        return null;
    }

    /// <summary>A pause of this worker and nothing that the domain sees, so that it is measured by the machine's clock.</summary>
    private async Task GiveWay(CancellationToken cancel)
    {
        while (drain.Active > Busy)
        {
            await Task.Delay(Pause, TimeProvider.System, cancel);
        }
    }

    private async Task Leave(Guid import)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        await db.Change(() => db.Imports.Where(i => i.Id == import).ExecuteUpdateAsync(i => i.SetProperty(x => x.WorkedUntil, (DateTimeOffset?)null), CancellationToken.None), CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {Import} is finished")]
    private partial void LogFinished(Guid import);
}
