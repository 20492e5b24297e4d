using System.Security.Claims;
using FlowEngine.Server.Inbox;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>One page of a tab: Waiting by the longest wait, the others by the newest activity; finished lists episodes.</summary>
internal static class ListConversations
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/conversations", Handle)
        .WithSummary("One page of a tab")
        .WithTags("Conversations")
        .Produces<Page<ConversationJson>>()
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> Handle(
        string? tab, [AsParameters] InboxCall call, string? cursor, int? limit, ClaimsPrincipal user, InboxQueries inbox, CancellationToken cancel)
    {
        if (!InboxCall.TryTab(tab, out var asked))
        {
            return Problems.BadRequest("tab", "is notStarted, waiting, open, automated, finished or error");
        }

        if (call.Refusal() is { } refusal)
        {
            return refusal;
        }

        if (cursor is not null && !InboxCursor.TryRead(cursor, out _))
        {
            return Problems.BadRequest("cursor", "is the nextCursor of an earlier page");
        }

        var page = await inbox.Page(asked, call.Filter, InboxCall.Me(user), cursor, Paging.Limit(limit), cancel);
        return Results.Ok(new Page<ConversationJson>([.. page.Items.Select(ConversationJson.Of)], page.NextCursor));
    }
}
