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
    private readonly OneReader reader = new();

    /// <summary>
    /// Compiles what is published now and was not before; one that cannot be compiled any more is named in the log, and its new leads go to people.
    /// A published version never changes, so what is there already is right.
    /// </summary>
    public Task Load(FlowLibrary library, CancellationToken cancel) => reader.Read(() => Read(library, cancel));

    private async Task Read(FlowLibrary library, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var published = await context.Definitions.AsNoTracking().Where(d => d.IsPublished).Select(d => new { d.Id, d.DefinitionId }).ToListAsync(cancel);
        var missing = published.Where(d => library.FindPublished(d.DefinitionId)?.VersionId != d.Id).Select(d => d.Id).ToList();
        foreach (var definition in await context.Definitions.AsNoTracking().Where(d => missing.Contains(d.Id)).ToListAsync(cancel))
        {
            if (Compile(context, definition) is { } graph)
            {
                library.Publish(graph);
            }
        }

        foreach (var retracted in library.Published.Keys.Except(published.Select(d => d.DefinitionId)).ToList())
        {
            library.Retract(retracted);
        }
    }

    /// <summary>At a start: flows that were published before there was a table of times get theirs. What stands there stays as it is.</summary>
    public async Task FillTimes(FlowLibrary library, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var known = (await context.TimedTriggers.Select(t => t.DefinitionId).Distinct().ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        foreach (var graph in library.Published.Values.Where(g => !known.Contains(g.DefinitionId)))
        {
            await TimedTriggers.Write(context, graph, clock.GetUtcNow(), cancel);
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
