using FlowEngine.Server.Inbox;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>All of one conversation.</summary>
internal static class FindConversation
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/conversations/{id:guid}", Handle)
        .WithSummary("Contact, tab, owner, epoch, clocks, window, incidents")
        .WithTags("Conversations")
        .Produces<ConversationDetailJson>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(Guid id, InboxQueries inbox, TimeProvider clock, CancellationToken cancel) =>
        await inbox.Find(id, cancel) is { } detail ? Results.Ok(ConversationDetailJson.Of(detail, clock.GetUtcNow())) : Problems.NotFound("conversation");
}
