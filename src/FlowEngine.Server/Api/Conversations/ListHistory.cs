using FlowEngine.Server.Inbox;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>The audit trail, newest first: who changed what, from which owner and tab to which, why, under which epoch.</summary>
internal static class ListHistory
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/conversations/{id:guid}/history", Handle)
        .WithSummary("Audit trail, newest first, with cause and epoch of every change")
        .WithTags("Conversations")
        .Produces<Slice<HistoryView>>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(Guid id, long? before, int? limit, InboxQueries inbox, CancellationToken cancel)
    {
        var (entries, next) = await inbox.HistoryPage(id, before, Paging.Limit(limit), cancel);
        return entries.Count == 0 && await inbox.Find(id, cancel) is null
            ? Problems.NotFound("conversation")
            : Results.Ok(new Slice<HistoryView>(entries, next));
    }
}
