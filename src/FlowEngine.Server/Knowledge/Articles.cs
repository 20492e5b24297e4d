using FlowEngine.Engine;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Knowledge.Search;
using FlowEngine.Server.Knowledge.Words;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Knowledge;

/// <summary>
/// The company's articles. An article and the passages by which it is found are written in one transaction: if the process dies before it,
/// neither has changed. Title and language name an article, so that the same save twice is one save.
/// </summary>
public sealed class Articles(IDbContextFactory<FlowEngineContext> contexts, Ids ids, TimeProvider clock)
{
    /// <summary>By title.</summary>
    /// <returns>One more than asked for when there are more.</returns>
    public async Task<IReadOnlyList<ArticleLine>> List(ArticleFilter filter, int skip, int limit, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var language = filter.Language is null ? null : TextLanguage.Find(filter.Language)?.Code ?? "";
        var pattern = $"%{(filter.Title is null ? "" : LikeText(PlainText.Fold(filter.Title.Trim())))}%";
        return await db.Articles.AsNoTracking()
            .Where(a => (language == null || a.Language == language) && (filter.Active == null || a.Active == filter.Active))
            .Where(a => pattern == "%%" || EF.Functions.Like(a.TitleFolded, pattern, "\\"))
            .OrderBy(a => a.TitleFolded).ThenBy(a => a.Id)
            .Skip(skip).Take(limit + 1)
            .Select(a => new ArticleLine(a.Id, a.Title, a.Language, a.Labels, a.Active, a.Version, a.ChangedBy, a.ChangedAt))
            .ToListAsync(cancel);
    }

    public async Task<Article?> Find(Guid id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Articles.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancel) is { } row ? Read(row) : null;
    }

    /// <param name="author">Whose name stands beside it.</param>
    public async Task<Saved<Article>> Create(ArticleInput input, string author, CancellationToken cancel)
    {
        var (clean, errors) = ArticleRules.Check(input);
        if (errors.Any)
        {
            return Saved.Invalid<Article>(errors);
        }

        await using var db = await contexts.CreateDbContextAsync(cancel);
        var row = new StoredArticle { Id = ids.Next(), Title = "", TitleFolded = "", Body = "", Language = "", CreatedBy = author, CreatedAt = clock.GetUtcNow(), ChangedBy = author };
        if (await Namesake(db, row.Id, clean, cancel) is { } known)
        {
            return known;
        }

        db.Articles.Add(row);
        return await Write(db, row, clean, author, cancel) ?? Saved.Created(Read(row));
    }

    public async Task<Saved<Article>> Update(Guid id, ArticleInput input, string author, CancellationToken cancel)
    {
        var (clean, errors) = ArticleRules.Check(input);
        errors.Check(input.Version is not null, "version", "is required: that of the article that was edited");
        if (errors.Any)
        {
            return Saved.Invalid<Article>(errors);
        }

        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.Articles.Include(a => a.Passages).SingleOrDefaultAsync(a => a.Id == id, cancel) is not { } row)
        {
            return Saved.Missing<Article>();
        }

        if (IsSame(row, clean))
        {
            return Saved.Done(Read(row));
        }

        if (row.Version != clean.Version)
        {
            return Saved.Stale(Read(row));
        }

        return await Namesake(db, id, clean, cancel) ?? await Write(db, row, clean, author, cancel) ?? Saved.Done(Read(row));
    }

    /// <param name="version">Null deletes whatever it is now.</param>
    public async Task<Saved<Article>> Delete(Guid id, long? version, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.Articles.Include(a => a.Passages).SingleOrDefaultAsync(a => a.Id == id, cancel) is not { } row)
        {
            return Saved.Missing<Article>();
        }

        if (version is not null && version != row.Version)
        {
            return Saved.Stale(Read(row));
        }

        db.Articles.Remove(row);
        try
        {
            await db.SaveChangesAsync(cancel);
            return Saved.Done(Read(row));
        }
        catch (DbUpdateConcurrencyException)
        {
            return await Overtaken(id, cancel);
        }
    }

    /// <returns>Null when it was written; else why not.</returns>
    private async Task<Saved<Article>?> Write(FlowEngineContext db, StoredArticle row, ArticleInput clean, string author, CancellationToken cancel)
    {
        (row.Title, row.TitleFolded, row.Body, row.Language) = (clean.Title!, PlainText.Fold(clean.Title!), clean.Body!, clean.Language!);
        (row.Labels, row.Active, row.Version, row.ChangedBy, row.ChangedAt) = (clean.Labels!, clean.Active, row.Version + 1, author, clock.GetUtcNow());
        ArticlePassages.Renew(row);
        try
        {
            await db.SaveChangesAsync(cancel);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return await Overtaken(row.Id, cancel);
        }
        catch (DbUpdateException lost)
        {
            // Somebody else has just given this title to another article, or edited this one; anything else is a broken database.
            await using var now = await contexts.CreateDbContextAsync(cancel);
            return await Namesake(now, row.Id, clean, cancel)
                ?? (await Overtaken(row.Id, cancel) is { Value.Version: var version } other && version != clean.Version ? other : null)
                ?? throw new InvalidOperationException("The article could not be written.", lost);
        }
    }

    private async Task<Saved<Article>> Overtaken(Guid id, CancellationToken cancel) => await Find(id, cancel) is { } now ? Saved.Stale(now) : Saved.Missing<Article>();

    /// <summary>Another article by that title: taken, or the same once more.</summary>
    private static async Task<Saved<Article>?> Namesake(FlowEngineContext db, Guid id, ArticleInput clean, CancellationToken cancel) =>
        await db.Articles.AsNoTracking().SingleOrDefaultAsync(a => a.Language == clean.Language && a.Title == clean.Title && a.Id != id, cancel) is { } other
            ? IsSame(other, clean) ? Saved.Done(Read(other)) : Saved.Taken(Read(other))
            : null;

    private static bool IsSame(StoredArticle row, ArticleInput clean) =>
        row.Title == clean.Title && row.Body == clean.Body && row.Language == clean.Language && row.Active == clean.Active && row.Labels.SequenceEqual(clean.Labels!);

    private static string LikeText(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    private static Article Read(StoredArticle row) => new(
        row.Id, row.Title, row.Body, row.Language, row.Labels, row.Active, row.Version, row.CreatedBy, row.CreatedAt, row.ChangedBy, row.ChangedAt);
}
