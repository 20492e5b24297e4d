using Microsoft.Net.Http.Headers;

namespace FlowEngine.Server.Media;

/// <summary>
/// A kept file as an answer to a browser. It is a stranger's: only pictures, sound and film are shown in place, everything else is downloaded, and nothing in
/// it acts for whoever is signed in here or is a page of this host.
/// </summary>
public static class MediaAnswer
{
    /// <param name="name">Of the download.</param>
    /// <param name="download">Whether it is wanted as a download although it could be shown.</param>
    public static IResult Of(HttpResponse response, string path, FoundMedia found, string name, bool download)
    {
        var type = MediaKinds.BaseOf(found.MimeType);
        var shown = MediaKinds.IsShown(type);
        response.Headers.CacheControl = "private, max-age=31536000, immutable";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return Results.File(
            path, shown ? type : "application/octet-stream", shown && !download ? null : name, entityTag: new EntityTagHeaderValue($"\"{found.Sha256}\""), enableRangeProcessing: true);
    }
}
