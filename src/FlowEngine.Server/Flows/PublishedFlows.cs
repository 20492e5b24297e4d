using FlowEngine.Engine.Flows;
using FlowEngine.Server.Persistence;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Definitions;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Flows;

/// <summary>Definition versions from the database into compiled graphs.</summary>
public sealed class PublishedFlows(IDbContextFactory<FlowEngineContext> contexts, ActivityCatalog catalog, ILogger<PublishedFlows> log)
{
    /// <summary>Compiles what is published now; one that cannot be compiled any more is named in the log, and its new leads go to people.</summary>
    public async Task Load(FlowLibrary library, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        foreach (var definition in await context.Definitions.AsNoTracking().Where(d => d.IsPublished).ToListAsync(cancel))
        {
            if (Compile(definition.Id, definition.Json) is { } graph)
            {
                library.Publish(graph);
            }
        }
    }

    /// <summary>One version by its id, for runs that stand on it.</summary>
    public WorkflowGraph? Find(string versionId)
    {
        using var context = contexts.CreateDbContext();
        var json = context.Definitions.AsNoTracking().Where(d => d.Id == versionId).Select(d => d.Json).FirstOrDefault();
        return json is null ? null : Compile(versionId, json);
    }

    private WorkflowGraph? Compile(string versionId, byte[] json)
    {
        var reading = DefinitionReader.Read(json, catalog);
        if (reading.Graph is null)
        {
            log.LogError("Definition version {Version} cannot be compiled: {Errors}", versionId, string.Join("; ", reading.Errors.Select(e => $"{e.Path}: {e.Message}")));
        }

        return reading.Graph;
    }
}
