using System.Text.Json.Nodes;
using FlowEngine.Engine.Flows;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Studio.Wire;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Instances;

/// <summary>Lists of runs, and one of them with its state.</summary>
internal static class ReadInstances
{
    private const int LargestPage = 500;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/workflow-instances", (HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel) => List(request, contexts, cancel));
        api.MapGet("/workflow-instances", ListByQuery);
        api.MapGet("/workflow-instances/{id}", Whole);
        api.MapGet("/workflow-instances/{id}/execution-state", State);
        api.MapGet("/workflow-instances/{id}/variables", Variables);
        api.MapGet("/workflow-instances/{id}/export", Export);
        api.MapPost("/bulk-actions/export/workflow-instances", ExportMany);
    }

    private static async Task<IResult> List(HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel) =>
        await ElsaJson.Body(request, cancel) is { } body ? await List(body, contexts, cancel) : ElsaProblems.NotAnObject;

    /// <summary>The same by query, for other tools.</summary>
    private static Task<IResult> ListByQuery(HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        var query = new ElsaQuery(request);
        var body = new JsonObject { ["page"] = query.Number("page"), ["pageSize"] = query.Number("pageSize") };
        foreach (var name in new[] { "searchTerm", "definitionId", "correlationId", "status", "subStatus", "orderBy", "orderDirection" })
        {
            body[name] = query.Text(name);
        }

        return List(body, contexts, cancel);
    }

    private static async Task<IResult> List(JsonObject body, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var found = InstanceQueries.Filtered(context, body);
        var total = await found.LongCountAsync(cancel);
        var size = Math.Clamp(body.Number("pageSize") ?? LargestPage, 1, LargestPage);
        var rows = await WithoutState(found.Sorted(body.Text("orderBy"), body.Text("orderDirection") != "Ascending").Skip(Math.Max(0, body.Number("page") ?? 0) * size).Take(size)).ToListAsync(cancel);
        return ElsaJson.Ok(new ElsaPage<InstanceSummary>([.. rows.Select(InstanceSummary.Of)], total));
    }

    private static async Task<IResult> Whole(string id, FlowLibrary flows, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await Find(context, id, cancel) is { } row ? ElsaJson.Ok(InstanceView.Whole(row, flows)) : Results.NotFound();
    }

    private static async Task<IResult> State(string id, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var summary = await FindSummary(context, id, cancel);
        return summary is null ? Results.NotFound() : ElsaJson.Ok(new { summary.Status, summary.SubStatus, summary.UpdatedAt });
    }

    private static async Task<IResult> Variables(string id, FlowLibrary flows, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await Find(context, id, cancel) is { } row ? ElsaJson.Ok(new ElsaList<JsonObject>(InstanceView.Variables(row, flows))) : Results.NotFound();
    }

    private static async Task<IResult> Export(string id, FlowLibrary flows, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await InstanceExport.Of(context, id, flows, cancel) is { } file
            ? Results.File(Flows.FlowDocument.Write(file), "application/json", $"workflow-instance-{id}.json")
            : Results.NotFound();
    }

    private static async Task<IResult> ExportMany(HttpRequest request, FlowLibrary flows, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        var body = await ElsaJson.Body(request, cancel) ?? [];
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var files = new List<(string Name, byte[] Content)>();
        foreach (var id in body.Texts("ids").Take(LargestPage))
        {
            if (await InstanceExport.Of(context, id, flows, cancel) is { } file)
            {
                files.Add(($"workflow-instance-{id}.json", Flows.FlowDocument.Write(file)));
            }
        }

        return files.Count == 0 ? Results.NotFound() : Results.File(FileBundle.Of(files), "application/zip", "workflow-instances.zip");
    }

    public static async Task<StoredInstance?> Find(FlowEngineContext context, string id, CancellationToken cancel) =>
        Guid.TryParse(id, out var key) ? await context.Instances.AsNoTracking().FirstOrDefaultAsync(i => i.Id == key, cancel) : null;

    public static async Task<InstanceSummary?> FindSummary(FlowEngineContext context, string id, CancellationToken cancel) =>
        Guid.TryParse(id, out var key) && await WithoutState(context.Instances.AsNoTracking().Where(i => i.Id == key)).FirstOrDefaultAsync(cancel) is { } row ? InstanceSummary.Of(row) : null;

    /// <summary>Lists do not need the state, which is most of a row.</summary>
    private static IQueryable<StoredInstance> WithoutState(IQueryable<StoredInstance> instances) => instances.Select(i => new StoredInstance
    {
        Id = i.Id, DefinitionId = i.DefinitionId, VersionId = i.VersionId, Version = i.Version, ConversationId = i.ConversationId, Status = i.Status, SubStatus = i.SubStatus,
        CorrelationId = i.CorrelationId, Name = i.Name, IncidentCount = i.IncidentCount, CreatedAt = i.CreatedAt, UpdatedAt = i.UpdatedAt, FinishedAt = i.FinishedAt, ImportedAt = i.ImportedAt, State = Array.Empty<byte>(),
    });
}
