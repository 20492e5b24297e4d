using FlowEngine.Engine.Flows;
using FlowEngine.Server.Persistence;
using FlowEngine.Workflows.Activities.Http;
using FlowEngine.Workflows.Instances;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Endpoints;

/// <summary>
/// Where runs wait for requests, whatever version they stand on and whether that one is still published. Paths without placeholders are found by the
/// hash of their bookmarks, the others by the distinct ones of an index: in no case are the bookmarks walked through.
/// </summary>
public sealed class WaitingRoutes(FlowLibrary library, FlowRoutes routes, IDbContextFactory<FlowEngineContext> contexts)
{
    /// <summary>Bookmarks at one route whose versions are looked at for who may call.</summary>
    private const int Looked = 200;

    /// <param name="correlation">Only runs with this one; null is any.</param>
    /// <param name="instance">Only this run; null is any.</param>
    /// <returns>The route at which such a run waits, a literal one before placeholders; null when none does.</returns>
    public async Task<FoundRoute?> Find(string method, string path, string? correlation, Guid? instance, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        if (await Waiting(context, method, path, correlation, instance, cancel) is { } literal)
        {
            return new FoundRoute(null, literal, new Dictionary<string, object?>());
        }

        var verb = method.ToLowerInvariant() + " ";
        var templates = await BookmarkRoutes.Distinct(context, cancel);
        foreach (var template in templates.Where(t => t.StartsWith(verb, StringComparison.Ordinal)).Select(t => t[verb.Length..]).OrderBy(t => t.Count(c => c == '{')).ThenBy(t => t, StringComparer.Ordinal))
        {
            if (routes.Match(template, path) is { } values && await Waiting(context, method, template, correlation, instance, cancel) is { } route)
            {
                return new FoundRoute(null, route, values);
            }
        }

        return null;
    }

    /// <summary>The strictest of the versions that wait there decides who may call; a path that no version has written down wants a key or a session.</summary>
    private async Task<HttpRoute?> Waiting(FlowEngineContext context, string method, string path, string? correlation, Guid? instance, CancellationToken cancel)
    {
        var hash = BookmarkHash.Of(HttpEndpoint.TypeName, HttpEndpoint.Payload(path, method));
        var bookmarks = context.Bookmarks.AsNoTracking().Where(b => b.Hash == hash);
        bookmarks = correlation is null ? bookmarks : bookmarks.Where(b => b.CorrelationId == correlation);
        bookmarks = instance is null ? bookmarks : bookmarks.Where(b => b.InstanceId == instance);
        var versions = await bookmarks.Take(Looked).Join(context.Instances, b => b.InstanceId, i => i.Id, (_, i) => i.VersionId).Distinct().ToListAsync(cancel);
        var written = versions.Select(library.FindVersion).SelectMany(v => v?.Endpoints ?? [])
            .Where(r => r.Path == path && r.Methods.Contains(method, StringComparer.OrdinalIgnoreCase))
            .OrderByDescending(r => r.Authorize).ThenByDescending(r => r.Policy is not null).FirstOrDefault();
        return versions.Count == 0 ? null : written is null ? new HttpRoute("", path, [method], Starts: false, Authorize: true, Policy: null) : written with { Starts = false };
    }
}
