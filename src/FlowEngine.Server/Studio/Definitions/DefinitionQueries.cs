using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Studio.Wire;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Definitions;

/// <summary>Definitions as lists ask for them: filtered, sorted and paged by the database.</summary>
internal static class DefinitionQueries
{
    /// <summary>Restricts to versions of a kind; a number is a version, and an unknown word finds nothing.</summary>
    public static IQueryable<StoredDefinition> OfVersion(this IQueryable<StoredDefinition> definitions, string? options) => options?.ToUpperInvariant() switch
    {
        null or "ALLVERSIONS" => definitions,
        "LATEST" => definitions.Where(d => d.IsLatest),
        "PUBLISHED" => definitions.Where(d => d.IsPublished),
        "DRAFT" => definitions.Where(d => d.IsLatest && !d.IsPublished),
        "LATESTORPUBLISHED" => definitions.Where(d => d.IsLatest || d.IsPublished),
        "LATESTANDPUBLISHED" => definitions.Where(d => d.IsLatest && d.IsPublished),
        var text when int.TryParse(text, out var version) => definitions.Where(d => d.Version == version),
        _ => definitions.Where(d => false),
    };

    public static IQueryable<StoredDefinition> Filtered(FlowEngineContext context, ElsaQuery query)
    {
        var (ids, definitionIds) = (query.List("Ids"), query.List("DefinitionIds"));
        var definitions = context.Definitions.AsNoTracking().OfVersion(query.Text("versionOptions"));

        // A run's version is found also after its definition was deleted; lists of flows do not show it.
        definitions = ids.Count > 0 ? definitions.Where(d => ids.Contains(d.Id)) : definitions.Where(d => d.DeletedAt == null);
        if (definitionIds.Count > 0)
        {
            definitions = definitions.Where(d => definitionIds.Contains(d.DefinitionId));
        }

        if (query.Text("IsSystem") is { } system && bool.TryParse(system, out var isSystem) && isSystem)
        {
            definitions = definitions.Where(d => false);
        }

        if (query.Text("SearchTerm") is { } term)
        {
            var folded = SearchText.Fold(term);
            definitions = definitions.Where(d => FlowEngineContext.Folded(d.Name)!.Contains(folded) || FlowEngineContext.Folded(d.Description)!.Contains(folded) || d.DefinitionId.Contains(term) || d.Id == term);
        }

        return definitions;
    }

    /// <summary>What is equal is in order of definition and version: several flows may come in at the same instant, or have one name.</summary>
    public static IQueryable<StoredDefinition> Sorted(this IQueryable<StoredDefinition> definitions, ElsaQuery query) => (query.Text("OrderBy")?.ToUpperInvariant(), query.IsDescending) switch
    {
        ("CREATED", false) => definitions.OrderBy(d => d.CreatedAt).ThenBy(d => d.DefinitionId).ThenBy(d => d.Version),
        ("CREATED", true) => definitions.OrderByDescending(d => d.CreatedAt).ThenBy(d => d.DefinitionId).ThenBy(d => d.Version),
        ("VERSION", false) => definitions.OrderBy(d => d.Version).ThenBy(d => d.DefinitionId),
        ("VERSION", true) => definitions.OrderByDescending(d => d.Version).ThenBy(d => d.DefinitionId),
        (_, true) => definitions.OrderByDescending(d => d.Name).ThenBy(d => d.DefinitionId).ThenBy(d => d.Version),
        _ => definitions.OrderBy(d => d.Name).ThenBy(d => d.DefinitionId).ThenBy(d => d.Version),
    };

    /// <summary>The version that an address without a version id means.</summary>
    public static Task<StoredDefinition?> FindVersion(this FlowEngineContext context, string definitionId, string? options, CancellationToken cancel) => context.Definitions.AsNoTracking()
        .Where(d => d.DefinitionId == definitionId && d.DeletedAt == null).OfVersion(options ?? "Latest").OrderByDescending(d => d.Version).FirstOrDefaultAsync(cancel);
}
