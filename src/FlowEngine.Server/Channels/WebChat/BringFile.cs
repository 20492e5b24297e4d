using System.Threading.RateLimiting;
using FlowEngine.Server.Media;
using Microsoft.AspNetCore.Http.Features;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>
/// <c>POST /chat/{connection}/files?name=&amp;type=</c>: the bytes of a file that a message shall carry. It is kept by its hash before this is answered, and the
/// answer's receipt goes into the message. Nothing is said to anybody yet, so it may fail and be repeated.
/// </summary>
internal static class BringFile
{
    private const string Bytes = "application/octet-stream";

    public static void Map(IEndpointRouteBuilder chat) => chat.MapPost("/files", Handle).Paced(ChatLimits.Messages);

    private static async Task<IResult> Handle(HttpContext http, string? name, string? type, KeepFile files, ChatLimits limits, VisitorPace pace, AddressPace addresses, FileReceipts receipts)
    {
        var call = ChatCall.Of(http);
        using var lease = pace.Message(call.VisitorId);
        if (!lease.IsAcquired)
        {
            await ChatLimits.Reject(http, lease);
            return Results.Empty;
        }

        var most = limits.LargestFile(files.MaxBytes);
        if (Refusal(http, most) is { } refusal)
        {
            return refusal;
        }

        var length = http.Request.ContentLength!.Value;
        using var spent = Spend(http, call.VisitorId, length, pace, addresses);
        if (!spent.IsAcquired)
        {
            await ChatLimits.Reject(http, spent, "tooMuch", "Too many bytes for now; try again later.");
            return Results.Empty;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = length;
        }

        // Dying before the answer: the file is there, nobody names it, and the page brings it once more.
        return await files.KeepOfLead(http.Request.Body, length, type, name, http.RequestAborted) is { } kept
            ? Results.Ok(new Brought(receipts.Seal(kept, call.Key, call.VisitorId), kept.Kind))
            : TooLarge(http, most);
    }

    /// <summary>Null when it may be read. Another site's form cannot send this type without asking first, which it may not.</summary>
    private static IResult? Refusal(HttpContext http, long most) =>
        MediaKinds.BaseOf(http.Request.ContentType) != Bytes ? ChatCall.Refuse(http, StatusCodes.Status415UnsupportedMediaType, "notBytes", $"The body is the file, as {Bytes}.")
        : http.Request.ContentLength is not { } length ? ChatCall.Refuse(http, StatusCodes.Status411LengthRequired, "noLength", "The length has to be said.")
        : length == 0 ? ChatCall.Refuse(http, StatusCodes.Status422UnprocessableEntity, "empty", "The file has no bytes.")
        : length > most ? TooLarge(http, most)
        : null;

    private static RateLimitLease Spend(HttpContext http, Guid visitor, long length, VisitorPace pace, AddressPace addresses)
    {
        var own = pace.File(visitor, length);
        return own.IsAcquired ? addresses.File(http, length) : own;
    }

    private static IResult TooLarge(HttpContext http, long most) =>
        ChatCall.Refuse(http, StatusCodes.Status413PayloadTooLarge, "tooLarge", $"A file has at most {most / (1024 * 1024)} MB.");

    /// <param name="Receipt">Names the file in a message of this visitor.</param>
    private sealed record Brought(string Receipt, string Kind);
}
