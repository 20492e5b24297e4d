using System.Security.Claims;
using FlowEngine.Server.Access;
using FlowEngine.Server.Knowledge;
using Microsoft.AspNetCore.Mvc;

namespace FlowEngine.Server.Api.Knowledge;

/// <summary><c>POST /api/knowledge/import</c>: a zip of Markdown files, as the body or as a form's file; a form may also carry Markdown files.</summary>
internal static class ImportKnowledge
{
    private const long MaxBytes = 20 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder room) => room.MapPost("/import", Handle)
        .RequireAuthorization(Policies.Supervisor)
        .WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
        .DisableAntiforgery()
        .WithSummary("Articles from Markdown files with front matter; the same title and language replaces")
        .Accepts<byte[]>("application/zip", "multipart/form-data")
        .Produces<ImportedArticles>()
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> Handle(HttpContext http, ClaimsPrincipal user, ArticleImport import, CancellationToken cancel)
    {
        var results = new List<ImportedArticle>();
        foreach (var (name, file) in await Files(http, cancel))
        {
            await using (file)
            {
                if (name.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
                {
                    results.Add(await import.File(name, file, KnowledgeCalls.NameOf(user), cancel));
                }
                else if (await import.Archive(file, KnowledgeCalls.NameOf(user), cancel) is { } taken)
                {
                    results.AddRange(taken);
                }
                else
                {
                    return Problems.BadRequest("file", "is a zip of .md files, or .md files of a form");
                }
            }
        }

        return Results.Ok(new ImportedArticles(results.Count(r => r.Errors is null), results.Count(r => r.Errors is not null), results));
    }

    private static async Task<IReadOnlyList<(string Name, Stream File)>> Files(HttpContext http, CancellationToken cancel)
    {
        if (http.Request.HasFormContentType)
        {
            return [.. (await http.Request.ReadFormAsync(cancel)).Files.Select(f => (f.FileName, f.OpenReadStream()))];
        }

        // An archive is read from its end; a request can only be read forwards.
        var copy = new MemoryStream();
        await http.Request.Body.CopyToAsync(copy, cancel);
        copy.Position = 0;
        return [("body", copy)];
    }
}

internal sealed record ImportedArticles(int Taken, int Errors, IReadOnlyList<ImportedArticle> Files);
