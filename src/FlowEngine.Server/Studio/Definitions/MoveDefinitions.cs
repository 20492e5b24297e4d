using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Nodes;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Studio.Wire;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Definitions;

/// <summary>Definitions out to files and in from them. What goes out and comes back in changes nothing.</summary>
internal static class MoveDefinitions
{
    /// <summary>A definition is text that people draw; what is larger than this is none.</summary>
    private const int LargestFile = 8 * 1024 * 1024;

    public static void MapRead(IEndpointRouteBuilder api)
    {
        api.MapGet("/workflow-definitions/{definitionId}/export", Export);
        api.MapPost("/bulk-actions/export/workflow-definitions", ExportMany);
    }

    public static void MapChange(IEndpointRouteBuilder api)
    {
        api.MapMethods("/workflow-definitions/import", ["POST", "PUT"], Import);
        api.MapMethods("/workflow-definitions/{definitionId}/import", ["POST", "PUT"], ImportInto);
        api.MapPost("/workflow-definitions/import-files", ImportFiles).DisableAntiforgery();
    }

    private static async Task<IResult> Export(string definitionId, HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.FindVersion(definitionId, new ElsaQuery(request).Text("versionOptions"), cancel) is { } version
            ? Results.File(FlowDocument.Write(DefinitionView.Export(version)), "application/json", FileName(version))
            : Results.NotFound();
    }

    private static async Task<IResult> ExportMany(HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        if (await ElsaJson.Body(request, cancel) is not { } body)
        {
            return ElsaProblems.NotAnObject;
        }

        var ids = body.Texts("ids");
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var versions = await context.Definitions.AsNoTracking().Where(d => ids.Contains(d.Id) && d.DeletedAt == null).OrderBy(d => d.DefinitionId).ThenBy(d => d.Version).ToListAsync(cancel);
        return versions.Count == 0 ? Results.NotFound() : Results.File(FileBundle.Of([.. versions.Select(v => (FileName(v), FlowDocument.Write(DefinitionView.Export(v))))]), "application/zip", "workflow-definitions.zip");
    }

    private static async Task<IResult> Import(HttpRequest request, ClaimsPrincipal user, FlowDrafts drafts, DefinitionView view, CancellationToken cancel) =>
        await ElsaJson.Body(request, cancel) is { } file ? await Take(file, user, drafts, view, cancel) : ElsaProblems.NotAnObject;

    private static async Task<IResult> ImportInto(string definitionId, HttpRequest request, ClaimsPrincipal user, FlowDrafts drafts, DefinitionView view, CancellationToken cancel)
    {
        if (await ElsaJson.Body(request, cancel) is not { } file)
        {
            return ElsaProblems.NotAnObject;
        }

        file["definitionId"] = definitionId;
        return await Take(file, user, drafts, view, cancel);
    }

    private static async Task<IResult> Take(JsonObject file, ClaimsPrincipal user, FlowDrafts drafts, DefinitionView view, CancellationToken cancel)
    {
        if (file["root"] is not JsonObject root)
        {
            return ElsaProblems.Of("root", "A definition needs a root activity.");
        }

        MissingActivity.Unwrap(root);
        var outcome = await drafts.Import(file, user.Editor(), cancel);
        return outcome.Change is FlowChange.Done or FlowChange.Already ? ElsaJson.Ok(view.Full(outcome.Version!, user.MayEdit())) : ElsaProblems.Of(outcome);
    }

    /// <summary>Files of JSON, or zips of them; each is taken by itself, and the answer counts those that were.</summary>
    private static async Task<IResult> ImportFiles(HttpRequest request, ClaimsPrincipal user, FlowDrafts drafts, CancellationToken cancel)
    {
        if (!request.HasFormContentType)
        {
            return ElsaProblems.Of("files", "The request brings no files.");
        }

        var form = await request.ReadFormAsync(cancel);
        var (count, refused) = (0, new List<string>());
        await foreach (var file in UploadedFiles.Of(form.Files, LargestFile, cancel))
        {
            var (document, problem) = Document(file);
            var outcome = document?["root"] is JsonObject ? await drafts.Import(document, user.Editor(), cancel) : null;
            if (outcome is { Change: FlowChange.Done or FlowChange.Already })
            {
                count++;
            }
            else
            {
                refused.Add($"{file.Name}: {(document is null ? problem : "is no workflow definition that can be taken")}");
            }
        }

        return refused.Count > 0 && count == 0 ? ElsaProblems.Of("files", [.. refused]) : ElsaJson.Ok(new { count, refused });
    }

    private static (JsonObject? Document, string? Problem) Document(UploadedFile file) =>
        file.Problem is not null ? (null, file.Problem) : FlowDocument.Parse(file.Content, out var error) is { } document ? (document, null) : (null, error.Message);

    private static string FileName(StoredDefinition version) => string.Create(CultureInfo.InvariantCulture, $"{Safe(version.DefinitionId)}-v{version.Version}.json");

    private static string Safe(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));
}
