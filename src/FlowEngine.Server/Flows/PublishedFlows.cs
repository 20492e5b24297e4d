using FlowEngine.Engine.Flows;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Persistence;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Definitions;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Flows;

/// <summary>Definition versions from the database into compiled graphs.</summary>
public sealed class PublishedFlows(IDbContextFactory<FlowEngineContext> contexts, ActivityCatalog catalog, TimeProvider clock, ILogger<PublishedFlows> log)
{
    /// <summary>Compiles what is published now; one that cannot be compiled any more is named in the log, and its new leads go to people.</summary>
    public async Task Load(FlowLibrary library, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        foreach (var definition in await context.Definitions.AsNoTracking().Where(d => d.IsPublished).ToListAsync(cancel))
        {
            if (Compile(context, definition) is { } graph)
            {
                library.Publish(graph);

                // Published before there was a table of times: its triggers go in now. Those that stand there stay as they are.
                await TimedTriggers.Write(context, graph, clock.GetUtcNow(), cancel);
            }
        }

        await context.SaveChangesAsync(cancel);
    }

    /// <summary>One version by its id, for runs that stand on it.</summary>
    public WorkflowGraph? Find(string versionId)
    {
        using var context = contexts.CreateDbContext();
        return context.Definitions.AsNoTracking().FirstOrDefault(d => d.Id == versionId) is { } definition ? Compile(context, definition) : null;
    }

    private WorkflowGraph? Compile(FlowEngineContext context, StoredDefinition definition)
    {
        var reading = DefinitionReader.Read(definition.Json, catalog, UsedWorkflows.Of(context, definition.CreatedAt));
        if (reading.Graph is null)
        {
            log.LogError("Definition version {Version} cannot be compiled: {Errors}", definition.Id, string.Join("; ", reading.Errors.Select(e => $"{e.Path}: {e.Message}")));
        }

        return reading.Graph;
    }
}
