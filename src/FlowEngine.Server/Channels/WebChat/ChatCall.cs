using FlowEngine.Engine.Connections;
using FlowEngine.Server.Access;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>Whether a call needs a visitor, and whether the ticket in a file's address may name it.</summary>
internal enum VisitorNeed { None, Always, ForAFile }

/// <summary>
/// A call of the chat's page: on which connection, and by whom. The visitor is named by the header of a page that is embedded in another site,
/// where browsers keep no cookies of ours, else by the cookie.
/// </summary>
/// <param name="ByHeader">It was the header that named the visitor.</param>
internal sealed record ChatCall(Connection Connection, ChatVisitor? Visitor, bool ByHeader)
{
    public const string Header = "X-Chat-Visitor";

    /// <summary>In the query of addresses of files.</summary>
    public const string Ticket = "ticket";

    /// <summary>The connection's key is also the scope of its visitors' ids.</summary>
    public string Key => Connection.Key;

    public Guid VisitorId => Visitor!.Value.Id;

    public static ChatCall Of(HttpContext http) => (ChatCall)http.Items[typeof(ChatCall)]!;

    /// <summary>404 without such a chat; 403 for another site's page that changes something; 401 where the call needs a visitor and there is none.</summary>
    public static EndpointFilterDelegate Guard(EndpointFilterDelegate next, VisitorNeed need) => async context =>
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        var book = http.RequestServices.GetRequiredService<ConnectionBook>();
        if (Find(book, http.Request.RouteValues["connection"] as string) is not { } connection)
        {
            return Refuse(http, StatusCodes.Status404NotFound, "notFound", "There is no such chat.");
        }

        if (!HttpMethods.IsGet(http.Request.Method) && !SameOrigin.IsOurs(http.Request))
        {
            return Refuse(http, StatusCodes.Status403Forbidden, "crossSite", "The request comes from another site.");
        }

        var tokens = http.RequestServices.GetRequiredService<VisitorTokens>();
        var named = tokens.Open(http.Request.Headers[Header], connection.Key);
        var visitor = named
            ?? (need == VisitorNeed.ForAFile ? tokens.OpenTicket(http.Request.Query[Ticket], connection.Key) : null)
            ?? tokens.Open(http.Request.Cookies[VisitorCookie.Name(connection.Key)], connection.Key);
        if (visitor is null && need != VisitorNeed.None)
        {
            return Refuse(http, StatusCodes.Status401Unauthorized, "noVisitor", "Begin a session first.");
        }

        http.Items[typeof(ChatCall)] = new ChatCall(connection, visitor, named is not null);
        return await next(context);
    };

    /// <summary>An active web chat by its key; without a key the first there is.</summary>
    public static Connection? Find(ConnectionBook book, string? key) => key is null
        ? book.All.Where(IsChat).MinBy(c => c.Key, StringComparer.Ordinal)
        : book.Find(key) is { } found && IsChat(found) ? found : null;

    public static IResult Refuse(HttpContext http, int status, string code, string title)
    {
        http.Response.Headers.CacheControl = "no-store";
        return new Refused(status, code, title);
    }

    private static bool IsChat(Connection connection) => connection is { Kind: "webchat", Active: true };

    private sealed record Refused(int Status, string Code, string Title) : IResult
    {
        public Task ExecuteAsync(HttpContext http) => AccessProblems.Write(http, Status, Code, Title);
    }
}
