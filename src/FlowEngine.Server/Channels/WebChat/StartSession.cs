using FlowEngine.Engine.Connections;
using FlowEngine.Server.Media;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>
/// <c>POST /chat/{connection}/session</c>: who the page's visitor is, and its thread. A stranger becomes a visitor; nothing is stored of it until
/// it writes. A token that is a day old is renewed.
/// </summary>
internal static class StartSession
{
    public static void Map(IEndpointRouteBuilder chat) => chat.MapPost("/session", Handle).Paced(ChatLimits.Sessions);

    private static async Task<IResult> Handle(HttpContext http, VisitorTokens tokens, ChatThread threads, KeepFile files, ChatLimits limits)
    {
        var call = ChatCall.Of(http);
        var (request, refusal) = await ChatBody.Read<Request>(http);
        if (request is null)
        {
            return refusal!;
        }

        var visitor = call.Visitor is { } known ? tokens.IsOld(known) ? tokens.Renewed(known) : known : tokens.New();
        var token = tokens.Seal(visitor, call.Key);
        VisitorCookie.Write(http, call.Key, token);
        var thread = call.Visitor is null ? ThreadView.Empty : await threads.Read(call.Key, visitor.Id, after: null, before: null, http.RequestAborted);
        thread = thread.For(call, tokens);
        var chat = call.Connection.WebChat ?? ChatLook.Default;
        return Results.Ok(new Session(request.Embedded ? token : null, chat.Greeting, chat.AsksContact, limits.LargestFile(files.MaxBytes), thread));
    }

    /// <param name="Embedded">The page stands in another site, or its browser keeps no cookies: it must keep the token itself.</param>
    private sealed record Request(bool Embedded);

    /// <param name="LargestFile">In bytes.</param>
    private sealed record Session(string? Token, IReadOnlyDictionary<string, string> Greeting, bool AsksContact, long LargestFile, ThreadView Thread);
}
