using System.Text.Json.Nodes;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Studio.Wire;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Instances;

/// <summary>The journal of a run, filtered and in pages.</summary>
internal static class JournalCalls
{
    private const int LargestPage = 1000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/workflow-instances/{id}/journal", Filtered);
        api.MapGet("/workflow-instances/{id}/journal", (string id, HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel) =>
            Page(id, [], new ElsaQuery(request), contexts, cancel));
    }

    private static async Task<IResult> Filtered(string id, HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel) =>
        await ElsaJson.Body(request, cancel) is { } body ? await Page(id, body["filter"] as JsonObject ?? [], new ElsaQuery(request), contexts, cancel) : ElsaProblems.NotAnObject;

    private static async Task<IResult> Page(string id, JsonObject filter, ElsaQuery query, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        if (await ReadInstances.FindSummary(context, id, cancel) is not { } instance)
        {
            return Results.NotFound();
        }

        var take = Math.Clamp(query.Number("take") ?? query.Number("pageSize") ?? LargestPage, 0, LargestPage);
        var skip = query.Number("skip") ?? (query.Number("page") ?? 0) * take;
        var (total, items) = (0, new List<JsonObject>());
        await foreach (var line in JournalReader.Lines(context, instance.Id, cancel))
        {
            if (Passes(line, filter))
            {
                if (total >= skip && items.Count < take)
                {
                    items.Add(Entry(line));
                }

                total++;
            }
        }

        return ElsaJson.Ok(new ElsaPage<JsonObject>(items, total));
    }

    private static bool Passes(JournalLine line, JsonObject filter) =>
        OneOf(filter, "activityIds", line.ActivityId) && OneOf(filter, "activityNodeIds", line.NodeId) && OneOf(filter, "eventNames", line.Event)
        && !filter.Texts("excludedActivityTypes").Contains(line.ActivityType);

    private static bool OneOf(JsonObject filter, string name, string value) => filter.Texts(name) is not { Count: > 0 } wanted || wanted.Contains(value);

    public static JsonObject Entry(JournalLine line) => new()
    {
        ["id"] = $"{line.ActivityInstanceId}-{line.Sequence}",
        ["activityInstanceId"] = line.ActivityInstanceId,
        ["parentActivityInstanceId"] = line.Parent,
        ["activityId"] = line.ActivityId,
        ["activityType"] = line.ActivityType,
        ["activityTypeVersion"] = 1,
        ["activityName"] = line.ActivityName,
        ["nodeId"] = line.NodeId,
        ["timestamp"] = line.At.UtcDateTime,
        ["sequence"] = line.Sequence,
        ["eventName"] = line.Event,
        ["message"] = line.Message,
        ["activityState"] = line.State?.DeepClone(),
        ["payload"] = line.Outcomes is { Count: > 0 } outcomes ? Outcomes(outcomes) : null,
    };

    public static JsonObject Outcomes(IReadOnlyList<string> outcomes) => new() { ["Outcomes"] = new JsonArray([.. outcomes.Select(o => (JsonNode)o)]) };
}
