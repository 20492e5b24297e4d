namespace FlowEngine.Server.Channels.WebChat;

/// <summary><c>GET /chat/{connection}/messages?after=&amp;before=</c>: the visitor's own thread, from where the page stands.</summary>
internal static class ReadThread
{
    public static void Map(IEndpointRouteBuilder chat) => chat.MapGet("/messages", Handle).Paced(ChatLimits.Calls);

    private static async Task<IResult> Handle(HttpContext http, ChatThread threads, VisitorTokens tokens, long? after, long? before)
    {
        var call = ChatCall.Of(http);
        return Results.Ok((await threads.Read(call.Key, call.VisitorId, after, before, http.RequestAborted)).For(call, tokens));
    }
}
