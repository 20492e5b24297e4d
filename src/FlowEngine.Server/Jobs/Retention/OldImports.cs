using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Jobs.Retention;

/// <summary>Reports of imports that ended long ago, and uploads that broke off: nobody was told of those, and their sender sends them again.</summary>
public sealed class OldImports(IDbContextFactory<FlowEngineContext> contexts, RetentionOptions options) : IRetention
{
    private const int Batch = 1000;

    private static readonly TimeSpan LongestUpload = TimeSpan.FromHours(1);

    public string Of => "imports";

    public async Task<int> Clear(DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var (brokenOff, before) = (now - LongestUpload, options.ImportDays > 0 ? now.AddDays(-options.ImportDays) : DateTimeOffset.MinValue);
        var old = await db.Imports.Where(i => i.State == ImportState.Finished ? i.FinishedAt < before : i.State == ImportState.Reading && i.CreatedAt < brokenOff)
            .Select(i => i.Id).ToListAsync(cancel);
        foreach (var import in old)
        {
            while (await db.ImportRows.Where(r => r.ImportId == import).OrderBy(r => r.Number).Take(Batch).Select(r => (int?)r.Number).MaxAsync(cancel) is { } last)
            {
                await db.Change(() => db.ImportRows.Where(r => r.ImportId == import && r.Number <= last).ExecuteDeleteAsync(cancel), cancel);
            }

            await db.Change(() => db.Imports.Where(i => i.Id == import).ExecuteDeleteAsync(cancel), cancel);
        }

        return old.Count;
    }
}
