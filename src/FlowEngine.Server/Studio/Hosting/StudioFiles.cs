using System.IO.Compression;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace FlowEngine.Server.Studio.Hosting;

/// <summary>
/// The files of the npm package, unmodified and already compressed there. They are the same for everybody and hold no secret, so they need no
/// session: a sign-in page in place of a script would only break the start.
/// </summary>
/// <param name="root">Folder of the package; null when it is not installed.</param>
public sealed class StudioFiles(string? root)
{
    private const string ForEver = "public, max-age=31536000, immutable";

    private static readonly FileExtensionContentTypeProvider Types = new() { Mappings = { [".dat"] = "application/octet-stream" } };

    /// <summary>Names of the package that carry no hash of their content although they stand among those that do.</summary>
    private static readonly HashSet<string> Changing = ["dotnet.js", "blazor.webassembly.js"];

    public bool Installed => root is not null;

    /// <summary>Beside a published server, else where the build has fetched it.</summary>
    public static StudioFiles Find()
    {
        string?[] places = [Path.Combine(AppContext.BaseDirectory, "studio"), AppContext.GetData("FlowEngine.Studio") as string];
        return new StudioFiles(places.FirstOrDefault(p => p is not null && Directory.Exists(Path.Combine(p, "_framework"))));
    }

    /// <summary>Answers one file in the best form that the client takes; 404 for what is not in the package.</summary>
    public IResult Serve(HttpContext http, string path)
    {
        var file = root is null ? null : Path.GetFullPath(Path.Combine(root, path));
        if (file is null || !file.StartsWith(Path.GetFullPath(root!), StringComparison.Ordinal) || !Types.TryGetContentType(path, out var type))
        {
            return Results.NotFound();
        }

        http.Response.Headers.CacheControl = IsHashed(path) ? ForEver : "no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        foreach (var (encoding, ending) in new[] { ("br", ".br"), ("gzip", ".gz"), (null, "") })
        {
            if (File.Exists(file + ending) && (encoding is null || Accepts(http.Request, encoding)))
            {
                return Send(http, file + ending, type, encoding);
            }
        }

        // Published without the plain form: a client that takes no compression gets it unpacked.
        return File.Exists(file + ".gz")
            ? Results.Stream(new GZipStream(File.OpenRead(file + ".gz"), CompressionMode.Decompress), type)
            : Results.NotFound();
    }

    private static IResult Send(HttpContext http, string file, string type, string? encoding)
    {
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (encoding is not null)
        {
            http.Response.Headers.ContentEncoding = encoding;
        }

        var info = new FileInfo(file);
        return Results.File(file, type, lastModified: info.LastWriteTimeUtc, entityTag: new EntityTagHeaderValue($"\"{info.Length:x}-{info.LastWriteTimeUtc.Ticks:x}\""));
    }

    private static bool Accepts(HttpRequest request, string encoding) =>
        request.Headers.AcceptEncoding.ToString().Contains(encoding, StringComparison.OrdinalIgnoreCase);

    private static bool IsHashed(string path) =>
        path.StartsWith("_framework/", StringComparison.Ordinal) && !Changing.Contains(Path.GetFileName(path));
}
