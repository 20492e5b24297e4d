using System.Security.Claims;
using FlowEngine.Server.Inbox;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>The six counters under the same filters as the lists.</summary>
internal static class CountConversations
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/conversations/counts", Handle)
        .WithSummary("The six counters")
        .WithTags("Conversations")
        .Produces<TabCounts>()
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> Handle([AsParameters] InboxCall call, ClaimsPrincipal user, InboxQueries inbox, CancellationToken cancel) =>
        call.Refusal() ?? Results.Ok(await inbox.Counts(call.Filter, InboxCall.Me(user), cancel));
}
