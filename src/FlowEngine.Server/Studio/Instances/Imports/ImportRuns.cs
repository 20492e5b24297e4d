using System.Globalization;
using System.Text.Json.Nodes;
using FlowEngine.Engine;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Studio.Wire;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Instances.Imports;

/// <summary>
/// Exported runs come in as history: shown like any run, with the state in which they were exported, and never resumed. A run that is under way goes on
/// where it was made; here it would do everything a second time, and its lead is not here.
/// </summary>
internal static class ImportRuns
{
    private const string Field = "files";

    /// <summary>A run with its whole journal.</summary>
    private const int LargestFile = 32 * 1024 * 1024;

    /// <summary>Bytes of all files of one request, unpacked: they are in memory together, because all come in or none.</summary>
    private const int LargestRequest = 128 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/bulk-actions/import/workflow-instances", Import).DisableAntiforgery();

    private static async Task<IResult> Import(HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, Ids ids, TimeProvider clock, CancellationToken cancel)
    {
        if (!request.HasFormContentType)
        {
            return ElsaProblems.Of(Field, "The request brings no files.");
        }

        var (runs, refused) = await Read((await request.ReadFormAsync(cancel)).Files, cancel);
        if (refused.Count > 0 || runs.Count == 0)
        {
            return ElsaProblems.Of(Field, refused.Count > 0 ? [.. refused] : ["The request brings no files."]);
        }

        await using var context = await contexts.CreateDbContextAsync(cancel);
        try
        {
            var count = 0;
            await context.InOne(
                async () =>
                {
                    (count, refused) = await Add(context, runs, ids, clock.GetUtcNow(), cancel);
                    return refused.Count == 0;
                },
                cancel);
            return refused.Count > 0 ? ElsaProblems.Of(Field, [.. refused]) : ElsaJson.Ok(new { count, alreadyHere = runs.Count - count });
        }
        catch (DbUpdateException)
        {
            return ElsaProblems.Of(Field, "Somebody else was importing the same runs at this moment; nothing was changed. Import them again.");
        }
    }

    /// <summary>All runs of all files, each once; and what is wrong, file by file.</summary>
    private static async Task<(IReadOnlyList<(string Name, RunFile Run)> Runs, List<string> Refused)> Read(IFormFileCollection files, CancellationToken cancel)
    {
        var (runs, refused, bytes) = (new List<(string Name, RunFile Run)>(), new List<string>(), 0L);
        await foreach (var file in UploadedFiles.Of(files, LargestFile, cancel))
        {
            bytes += file.Content.Length;
            if (bytes > LargestRequest)
            {
                refused.Add($"{file.Name}: The files are larger than {LargestRequest / (1024 * 1024)} MiB together: import them in parts.");
                break;
            }

            var (run, problem) = file.Problem is null ? RunFile.Read(file.Content) : (null, file.Problem);
            if (run is null)
            {
                refused.Add($"{file.Name}: {problem}");
            }
            else if (!runs.Exists(r => r.Run.Id == run.Id))
            {
                runs.Add((file.Name, run));
            }
        }

        return (runs, refused);
    }

    /// <summary>How many were added; those that are here already are left as they are.</summary>
    private static async Task<(int Count, List<string> Refused)> Add(
        FlowEngineContext context, IReadOnlyList<(string Name, RunFile Run)> runs, Ids ids, DateTimeOffset now, CancellationToken cancel)
    {
        var (count, refused, wanted) = (0, new List<string>(), runs.Select(r => r.Run.Id).ToList());
        var here = await context.Instances.Where(i => wanted.Contains(i.Id)).Select(i => i.Id).ToListAsync(cancel);
        foreach (var (name, run) in runs.Where(r => !here.Contains(r.Run.Id)))
        {
            if (await RunVersion.Find(context, run, cancel) is not { } version)
            {
                refused.Add($"{name}: The flow {run.DefinitionId} on which it ran is not here, or has none of its steps: import its definition first.");
                continue;
            }

            // Whoever saves a draft next makes another version, and what the run is drawn on stays.
            await context.Definitions.Where(d => d.Id == version.Id && d.FixedAt == null).ExecuteUpdateAsync(d => d.SetProperty(x => x.FixedAt, now), cancel);
            context.Instances.Add(Row(run, version, now));
            context.Journal.AddRange(JournalOfFile.Rows(run, ids));
            count++;
        }

        await context.SaveChangesAsync(cancel);
        return (count, refused);
    }

    private static StoredInstance Row(RunFile run, RunVersion version, DateTimeOffset now)
    {
        run.State["definitionVersionId"] = version.Id;
        run.State["definitionVersion"] = version.Number;
        ((JsonObject)run.State["properties"]!)["FlowEngine:Imported"] = string.Create(CultureInfo.InvariantCulture, $"History of a run that was made elsewhere, imported on {now:u}. It does not go on here.");
        return new StoredInstance
        {
            Id = run.Id,
            DefinitionId = run.DefinitionId,
            VersionId = version.Id,
            Version = version.Number,
            Status = (int)run.Status,
            SubStatus = (int)run.SubStatus,
            CorrelationId = run.State.Text("correlationId"),
            Name = run.State.Text("name"),
            IncidentCount = run.State["incidents"]!.AsArray().Count,
            CreatedAt = run.CreatedAt,
            UpdatedAt = run.UpdatedAt,
            FinishedAt = run.FinishedAt,
            ImportedAt = now,
            State = FlowDocument.Write(run.State),
        };
    }
}
