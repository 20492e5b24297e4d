using FlowEngine.WaSim.Media;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace FlowEngine.WaSim.Phone;

/// <summary>Files on the phone page: what the chat shows, and what the person sends.</summary>
internal sealed class PhoneMedia(StandIn sim)
{
    /// <summary>The only type of body that is taken: a page of another site cannot send it without being asked first.</summary>
    private const string Raw = "application/octet-stream";

    private const int LongestCaption = 1024;

    private static readonly HashSet<string> Shown = ["image", "sticker", "audio", "video"];

    public void Map(RouteGroupBuilder group)
    {
        group.MapGet("/api/media/{id}", Show);
        group.MapPost("/api/people/{id}/media", Send);
    }

    /// <summary>Pictures and sounds to be shown, anything else to be saved: what somebody sent never runs as a page of this host.</summary>
    private IResult Show(HttpContext http, string id)
    {
        if (sim.Media.Find(id) is not { } item || sim.Media.Bytes(id) is not { } bytes)
            return Results.NotFound();

        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, no-cache";
        var shown = MediaTable.KindOf(item.MimeType) is { } kind && Shown.Contains(kind);
        var tag = new EntityTagHeaderValue($"\"{item.Sha256}\"");
        return shown
            ? Results.File(bytes, item.MimeType, entityTag: tag, enableRangeProcessing: true)
            : Results.File(bytes, MediaTable.KindOf(item.MimeType) is null ? Raw : item.MimeType, item.FileName ?? id, entityTag: tag);
    }

    /// <summary>The body is the file; its type, name and caption are in the query. 413 for a file that the platform would not carry.</summary>
    private async Task<IResult> Send(HttpContext http, string id, string? type, string? name, string? caption)
    {
        if (sim.World.Find(id) is null)
            return Results.NotFound();
        if (http.Request.ContentType != Raw)
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        if (await Read(http) is not { } bytes)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);

        var file = new Attachment(bytes, type ?? Raw, name, caption);
        if (bytes.Length == 0 || caption?.Length > LongestCaption)
            return Results.BadRequest();

        return file.Refusal() is null ? Results.Ok(new { id = sim.Write(id, file) }) : Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
    }

    /// <returns>Null when there is more than any file may have.</returns>
    private static async Task<byte[]?> Read(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MediaTable.LargestDocument;
        try
        {
            var bytes = new MemoryStream((int)Math.Clamp(http.Request.ContentLength ?? 0, 0, MediaTable.LargestDocument));
            await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
            return bytes.ToArray();
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }
}
