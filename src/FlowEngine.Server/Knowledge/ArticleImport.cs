using System.IO.Compression;
using System.Text;
using FlowEngine.Server.Administration;

namespace FlowEngine.Server.Knowledge;

/// <param name="Status">created, changed, unchanged or error.</param>
/// <param name="Errors">By field, for a file that was not taken.</param>
public sealed record ImportedArticle(string File, string Status, Guid? ArticleId = null, IReadOnlyDictionary<string, string[]>? Errors = null)
{
    internal static ImportedArticle Refused(string file, string field, string rule) => new(file, "error", null, new Dictionary<string, string[]> { [field] = [rule] });
}

/// <summary>
/// Articles from Markdown files: one file, or an archive of them. Each is taken or refused by itself. An article with the same title and
/// language is replaced, so that the same files can be sent again.
/// </summary>
public sealed class ArticleImport(Articles articles)
{
    public const int MostFiles = 2_000;
    private const int LongestFile = 4 * ArticleRules.LongestBody;

    /// <summary>Null when the stream is no archive.</summary>
    public async Task<IReadOnlyList<ImportedArticle>?> Archive(Stream stream, string author, CancellationToken cancel)
    {
        ZipArchive archive;
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read);
        }
        catch (InvalidDataException)
        {
            return null;
        }

        using (archive)
        {
            var results = new List<ImportedArticle>();
            foreach (var entry in archive.Entries.Where(e => IsMarkdown(e.FullName)).Take(MostFiles))
            {
                await using var file = await entry.OpenAsync(cancel);
                results.Add(await File(entry.FullName, file, author, cancel));
            }

            return results;
        }
    }

    public async Task<ImportedArticle> File(string path, Stream file, string author, CancellationToken cancel)
    {
        if (await Text(file, cancel) is not { } text)
        {
            return ImportedArticle.Refused(path, "body", $"has at most {ArticleRules.LongestBody} characters, in UTF-8");
        }

        var input = ArticleFile.Read(path, text);
        var saved = await articles.Create(input, author, cancel);
        if (saved is { Status: SaveStatus.Taken, Value: { } known })
        {
            saved = await articles.Update(known.Id, input with { Version = known.Version }, author, cancel);
            return Result(path, saved, "changed");
        }

        return Result(path, saved, saved.Status == SaveStatus.Created ? "created" : "unchanged");
    }

    private static bool IsMarkdown(string path) =>
        path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && !path.Contains("__MACOSX", StringComparison.Ordinal);

    private static ImportedArticle Result(string path, Saved<Article> saved, string status) => saved.Status switch
    {
        SaveStatus.Created or SaveStatus.Saved => new ImportedArticle(path, status, saved.Value!.Id),
        SaveStatus.Invalid => new ImportedArticle(path, "error", null, saved.Errors!.ByField),
        _ => ImportedArticle.Refused(path, "title", "was changed by somebody else meanwhile"),
    };

    // An archive says of itself how large its files are, and may lie: reading ends at the limit.
    private static async Task<string?> Text(Stream file, CancellationToken cancel)
    {
        var bytes = new byte[LongestFile + 1];
        var length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        try
        {
            return length > LongestFile ? null : new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
