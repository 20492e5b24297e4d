using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FlowEngine.Engine;
using FlowEngine.Engine.Flows;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Definitions;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Flows;

/// <summary>What became of one file of the flows folder.</summary>
public sealed record ImportedFlow(string File, string? DefinitionId, FlowImportStatus Status, IReadOnlyList<DefinitionError> Errors);

public enum FlowImportStatus { Unchanged, Imported, Refused, Conflict }

/// <summary>
/// Brings the files of <c>flows/</c> in as published versions: a file only when its content has changed, as a new version; a bad file is
/// refused whole with its paths while the others load; what was changed in the Studio since is never overwritten (decision 20).
/// </summary>
public sealed class FlowImport(
    IDbContextFactory<FlowEngineContext> contexts, ActivityCatalog catalog, FlowLibrary library, PublishedFlows published, NeededByFlow needed, Ids ids, TimeProvider clock, ILogger<FlowImport> log)
{
    public async Task<IReadOnlyList<ImportedFlow>> ImportFolder(string folder, CancellationToken cancel)
    {
        var imported = new List<ImportedFlow>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var result = await Import(Path.GetFileName(file), await File.ReadAllBytesAsync(file, cancel), cancel);
            imported.Add(result);
            Tell(result);
        }

        return imported;
    }

    public async Task<ImportedFlow> Import(string file, byte[] json, CancellationToken cancel)
    {
        if (FlowDocument.Parse(json, out var error) is not { } document)
        {
            return new ImportedFlow(file, null, FlowImportStatus.Refused, [error]);
        }

        var definitionId = document["definitionId"]?.ToString() ?? Path.GetFileNameWithoutExtension(file);
        var hash = Convert.ToHexString(SHA256.HashData(json));
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var versions = await context.Definitions.Where(d => d.DefinitionId == definitionId).ToListAsync(cancel);
        if (versions.Any(v => v.SourceHash == hash))
        {
            return new ImportedFlow(file, definitionId, FlowImportStatus.Unchanged, []);
        }

        if (versions.Any(v => v.IsLatest && v.SourceFile is null))
        {
            return new ImportedFlow(file, definitionId, FlowImportStatus.Conflict, []);
        }

        return await Publish(context, new Incoming(file, hash, definitionId, document), versions, cancel);
    }

    private async Task<ImportedFlow> Publish(FlowEngineContext context, Incoming incoming, List<StoredDefinition> versions, CancellationToken cancel)
    {
        var version = versions.Select(v => v.Version).DefaultIfEmpty(0).Max() + 1;
        var document = incoming.Document;
        document["id"] = ids.Next().ToString("N");
        document["definitionId"] = incoming.DefinitionId;
        document["version"] = version;
        document["isLatest"] = true;
        document["isPublished"] = true;
        ActivityTree.GiveIds(document["root"]);
        var json = FlowDocument.Write(document);
        var now = clock.GetUtcNow();
        var reading = DefinitionReader.Read(json, catalog, UsedWorkflows.Of(context, now));
        if (reading.Graph is not { PublishErrors.Count: 0 } graph)
        {
            return new ImportedFlow(incoming.File, incoming.DefinitionId, FlowImportStatus.Refused, reading.Graph?.PublishErrors ?? reading.Errors);
        }

        if (FaultPolicy.Check(graph) is { } wrong)
        {
            return new ImportedFlow(incoming.File, incoming.DefinitionId, FlowImportStatus.Refused, [wrong]);
        }

        var revision = versions.Select(v => v.Revision).DefaultIfEmpty(0).Max() + 1;
        foreach (var earlier in versions)
        {
            (earlier.IsLatest, earlier.IsPublished) = (false, false);
        }

        context.Definitions.Add(new StoredDefinition
        {
            Id = graph.VersionId,
            DefinitionId = graph.DefinitionId,
            Version = version,
            Name = graph.Name,
            Description = ActivityTree.Text(document, "description")?.Trim(),
            ToolVersion = ActivityTree.Text(document, "toolVersion"),
            Json = json,
            Revision = revision,
            SavedBy = incoming.File,
            SavedByName = incoming.File,
            SavedFrom = revision,
            IsLatest = true,
            IsPublished = true,
            SourceHash = incoming.Hash,
            SourceFile = incoming.File,
            CreatedAt = now,
            FixedAt = now,
        });
        await TimedTriggers.Write(context, graph, now, cancel);
        await needed.Create(context, document, cancel);
        await context.SaveChangesAsync(cancel);

        // Committed: dying here, the next start loads the version as published. Runs stay on the version that they started with.
        await published.Load(library, CancellationToken.None);
        return new ImportedFlow(incoming.File, incoming.DefinitionId, FlowImportStatus.Imported, []);
    }

    private void Tell(ImportedFlow flow)
    {
        switch (flow.Status)
        {
            case FlowImportStatus.Refused:
                log.LogError("The flow file {File} was refused: {Errors}", flow.File, string.Join("; ", flow.Errors.Select(e => $"{e.Path}: {e.Message}")));
                break;
            case FlowImportStatus.Conflict:
                log.LogWarning("The flow file {File} waits: {Definition} was changed in the Studio since it was imported", flow.File, flow.DefinitionId);
                break;
            case FlowImportStatus.Imported:
                log.LogInformation("Imported {Definition} from {File}", flow.DefinitionId, flow.File);
                break;
        }
    }

    private sealed record Incoming(string File, string Hash, string DefinitionId, JsonObject Document);
}
