using FlowEngine.Server.Access;
using FlowEngine.Server.Inbox;
using FlowEngine.Server.Media;
using Microsoft.Net.Http.Headers;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>
/// The file of a message. It is a stranger's: only pictures, sound and film are shown in place, everything else is downloaded, and nothing in it acts for
/// whoever is signed in here.
/// </summary>
internal static class OpenMedia
{
    /// <summary>Kinds that a browser shows without running anything of them.</summary>
    private static readonly HashSet<string> Shown = new(StringComparer.OrdinalIgnoreCase)
    {
        "image/jpeg", "image/png", "image/webp", "image/gif", "audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/amr", "video/mp4", "video/3gpp",
    };

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/messages/{id:guid}/media", Handle)
        .RequireAuthorization(Policies.Speak)
        .WithSummary("The file of a message: in place where a browser may show it, else as a download")
        .WithTags("Conversations")
        .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(Guid id, bool? download, HttpResponse response, InboxQueries inbox, MediaShelf shelf, CancellationToken cancel)
    {
        if (await inbox.FindMedia(id, cancel) is not var (connection, media))
        {
            return Problems.NotFound("file");
        }

        var found = await shelf.Open(connection, media, cancel);
        if (found.Path is not { } path)
        {
            response.Headers.CacheControl = "no-store";
            return Problems.Of(StatusCodes.Status404NotFound, "mediaGone", found.Why ?? "The file is not here.");
        }

        var type = MediaKinds.BaseOf(found.MimeType);
        var inPlace = type is not null && Shown.Contains(type) && download != true;
        response.Headers.CacheControl = "private, max-age=31536000, immutable";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return Results.File(
            path, type is not null && Shown.Contains(type) ? type : "application/octet-stream", inPlace ? null : media.FileName ?? id.ToString("N"),
            entityTag: new EntityTagHeaderValue($"\"{found.Sha256}\""), enableRangeProcessing: true);
    }
}
