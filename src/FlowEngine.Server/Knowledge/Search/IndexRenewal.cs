using FlowEngine.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Knowledge.Search;

/// <summary>
/// Makes the passages anew of articles that an older version of this program indexed. Each article is a commit of its own: if the
/// process dies in between, the next start goes on with the rest.
/// </summary>
public sealed class IndexRenewal(IDbContextFactory<FlowEngineContext> contexts, ILogger<IndexRenewal> log)
{
    /// <returns>How many articles were indexed anew.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        var renewed = 0;
        await using var list = await contexts.CreateDbContextAsync(cancel);
        foreach (var id in await list.Articles.Where(a => a.IndexedBy != ArticlePassages.Maker).Select(a => a.Id).ToListAsync(cancel))
        {
            renewed += await Renew(id, cancel) ? 1 : 0;
        }

        if (renewed > 0)
        {
            log.LogInformation("{Count} articles were indexed anew", renewed);
        }

        return renewed;
    }

    private async Task<bool> Renew(Guid id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.Articles.Include(a => a.Passages).SingleOrDefaultAsync(a => a.Id == id, cancel) is not { } article)
        {
            return false;
        }

        ArticlePassages.Renew(article);
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            // An edit or another node has just done it; what is still old then, the next start sees again.
            return false;
        }
    }
}
