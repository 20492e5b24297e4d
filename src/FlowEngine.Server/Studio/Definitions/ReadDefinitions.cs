using System.Security.Claims;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Studio.Wire;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Definitions;

/// <summary>Lists of definitions, and one of them whole.</summary>
internal static class ReadDefinitions
{
    private const int LargestPage = 500;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/workflow-definitions", List);
        api.MapGet("/workflow-definitions/by-definition-id/{definitionId}", ByDefinitionId);
        api.MapGet("/workflow-definitions/by-id/{id}", ById);
        api.MapGet("/workflow-definitions/many-by-id", ManyById);
        api.MapGet("/workflow-definitions/query/count", Count);
        api.MapGet("/workflow-definitions/{definitionId}/versions", Versions);
        api.MapGet("/workflow-definitions/validation/is-name-unique", IsNameUnique);
    }

    private static async Task<IResult> List(HttpRequest request, ClaimsPrincipal user, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var query = new ElsaQuery(request);
        var found = DefinitionQueries.Filtered(context, query);
        var total = await found.CountAsync(cancel);
        var sorted = found.Sorted(query);
        if (query.Number("PageSize") is { } size and > 0)
        {
            size = Math.Min(size, LargestPage);
            sorted = sorted.Skip(Math.Max(0, query.Number("Page") ?? 0) * size).Take(size);
        }

        var rows = await WithoutText(sorted).ToListAsync(cancel);
        var mayEdit = user.MayEdit();
        return ElsaJson.Ok(new ElsaPage<DefinitionSummary>([.. rows.Select(d => DefinitionSummary.Of(d, mayEdit))], total, DefinitionLinks.OfList(mayEdit)));
    }

    private static async Task<IResult> ByDefinitionId(
        string definitionId, HttpRequest request, ClaimsPrincipal user, DefinitionView view, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return Whole(await context.FindVersion(definitionId, new ElsaQuery(request).Text("versionOptions"), cancel), view, user);
    }

    private static async Task<IResult> ById(string id, ClaimsPrincipal user, DefinitionView view, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return Whole(await context.Definitions.AsNoTracking().FirstOrDefaultAsync(d => d.Id == id, cancel), view, user);
    }

    private static async Task<IResult> ManyById(HttpRequest request, ClaimsPrincipal user, DefinitionView view, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var ids = new ElsaQuery(request).List("Ids");
        var rows = await context.Definitions.AsNoTracking().Where(d => ids.Contains(d.Id)).ToListAsync(cancel);
        return ElsaJson.Ok(new { items = rows.Select(d => view.Full(d, user.MayEdit())) });
    }

    private static async Task<IResult> Count(IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return ElsaJson.Ok(new { count = await context.Definitions.CountAsync(d => d.IsLatest, cancel) });
    }

    private static async Task<IResult> Versions(string definitionId, ClaimsPrincipal user, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var rows = await WithoutText(context.Definitions.AsNoTracking().Where(d => d.DefinitionId == definitionId && d.DeletedAt == null).OrderByDescending(d => d.Version)).ToListAsync(cancel);
        return rows.Count == 0 ? Results.NotFound() : ElsaJson.Ok(new ElsaList<DefinitionSummary>([.. rows.Select(d => DefinitionSummary.Of(d, user.MayEdit()))]));
    }

    private static async Task<IResult> IsNameUnique(HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var query = new ElsaQuery(request);
        var (name, own) = (query.Text("name")?.Trim() ?? "", query.Text("definitionId") ?? "");
        var taken = await context.Definitions.AnyAsync(d => d.IsLatest && d.Name == name && d.DefinitionId != own, cancel);
        return ElsaJson.Ok(new { isUnique = !taken });
    }

    private static IResult Whole(StoredDefinition? version, DefinitionView view, ClaimsPrincipal user) =>
        version is null ? Results.NotFound() : ElsaJson.Ok(view.Full(version, user.MayEdit()));

    /// <summary>Lists do not need the definitions' texts, which are by far the most of a row.</summary>
    private static IQueryable<StoredDefinition> WithoutText(IQueryable<StoredDefinition> definitions) => definitions.Select(d => new StoredDefinition
    {
        Id = d.Id, DefinitionId = d.DefinitionId, Version = d.Version, Name = d.Name, Description = d.Description, ToolVersion = d.ToolVersion, Json = Array.Empty<byte>(),
        IsLatest = d.IsLatest, IsPublished = d.IsPublished, CreatedAt = d.CreatedAt,
    });
}
