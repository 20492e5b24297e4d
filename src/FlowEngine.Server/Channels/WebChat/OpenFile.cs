using FlowEngine.Server.Media;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>
/// <c>GET /chat/{connection}/files/{message}?ticket=&amp;download=</c>: the file of a message of the visitor's own conversation. To everybody else there is no
/// such file.
/// </summary>
internal static class OpenFile
{
    public static void Map(IEndpointRouteBuilder chat) => chat.MapGet("/files/{message:guid}", Handle).Paced(ChatLimits.Calls);

    private static async Task<IResult> Handle(HttpContext http, Guid message, bool? download, ChatThread threads, MediaShelf shelf)
    {
        var call = ChatCall.Of(http);
        if (await threads.File(call.Key, call.VisitorId, message, http.RequestAborted) is not { } media
            || await shelf.Open(call.Key, media, http.RequestAborted) is not { Path: { } path } found)
        {
            return ChatCall.Refuse(http, StatusCodes.Status404NotFound, "noFile", "There is no such file.");
        }

        http.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return MediaAnswer.Of(http.Response, path, found, media.FileName ?? message.ToString("N"), download == true);
    }
}
