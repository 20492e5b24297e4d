using FlowEngine.Server.Flows;
using FlowEngine.Server.Studio.Wire;

namespace FlowEngine.Server.Studio.Definitions;

/// <summary>The same for many at once; each is a change of its own, and the answer says what became of each.</summary>
internal static class BulkDefinitions
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/bulk-actions/delete/workflow-definitions/by-definition-id", Delete);
        api.MapPost("/bulk-actions/delete/workflow-definitions/by-id", DeleteVersions);
        api.MapPost("/bulk-actions/publish/workflow-definitions/by-definition-ids", Publish);
        api.MapPost("/bulk-actions/retract/workflow-definitions/by-definition-ids", Retract);
    }

    private static async Task<IResult> Delete(HttpRequest request, FlowVersions versions, CancellationToken cancel)
    {
        var deleted = 0;
        foreach (var id in await Ids(request, "definitionIds", cancel))
        {
            deleted += await versions.Delete(id, cancel) ? 1 : 0;
        }

        return ElsaJson.Ok(new { deleted });
    }

    private static async Task<IResult> DeleteVersions(HttpRequest request, FlowVersions versions, CancellationToken cancel)
    {
        var (deleted, outcomes) = (0, new List<FlowOutcome>());
        foreach (var id in await Ids(request, "ids", cancel))
        {
            var outcome = await versions.DeleteVersion(id, cancel);
            deleted += outcome.Change == FlowChange.Done ? 1 : 0;
            outcomes.Add(outcome);
        }

        return deleted == 0 && outcomes.Find(o => o.Change == FlowChange.Refused) is { } refused ? ElsaProblems.Of(refused) : ElsaJson.Ok(new { deleted });
    }

    private static async Task<IResult> Publish(HttpRequest request, FlowPublishing publishing, CancellationToken cancel)
    {
        List<string> published = [], already = [], notFound = [], failed = [];
        var warnings = new Dictionary<string, string[]>();
        foreach (var id in await Ids(request, "definitionIds", cancel))
        {
            var outcome = await publishing.Publish(id, cancel);
            (outcome.Change switch
            {
                FlowChange.Done => published,
                FlowChange.Already => already,
                FlowChange.NotFound => notFound,
                _ => failed,
            }).Add(id);
            if (outcome.Findings.Count > 0)
            {
                warnings[id] = [.. outcome.Findings.Select(f => f.Message)];
            }
        }

        return ElsaJson.Ok(new { published, alreadyPublished = already, notFound, skipped = Array.Empty<string>(), updatedConsumers = Array.Empty<string>(), failed, warnings });
    }

    private static async Task<IResult> Retract(HttpRequest request, FlowPublishing publishing, CancellationToken cancel)
    {
        List<string> retracted = [], already = [], notFound = [];
        foreach (var id in await Ids(request, "definitionIds", cancel))
        {
            (((await publishing.Retract(id, cancel)).Change) switch
            {
                FlowChange.Done => retracted,
                FlowChange.NotFound => notFound,
                _ => already,
            }).Add(id);
        }

        return ElsaJson.Ok(new { retracted, alreadyRetracted = already, skipped = Array.Empty<string>(), notPublished = already, notFound });
    }

    private static async Task<IReadOnlyList<string>> Ids(HttpRequest request, string name, CancellationToken cancel) =>
        await ElsaJson.Body(request, cancel) is { } body ? body.Texts(name) : [];
}
