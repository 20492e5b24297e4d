using FlowEngine.Server.Inbox;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>Messages with author and delivery state, newest first.</summary>
internal static class ListMessages
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/conversations/{id:guid}/messages", Handle)
        .WithSummary("Messages, newest first; before = order number of the oldest one seen")
        .WithTags("Conversations")
        .Produces<Slice<MessageView>>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(Guid id, long? before, int? limit, InboxQueries inbox, CancellationToken cancel)
    {
        var size = Paging.Limit(limit);
        var messages = await inbox.Messages(id, before, size, cancel);
        if (messages.Count == 0 && await inbox.Find(id, cancel) is null)
        {
            return Problems.NotFound("conversation");
        }

        return Results.Ok(new Slice<MessageView>(messages, messages.Count == size ? messages[^1].Order : null));
    }
}

/// <summary>A part of a story that is told backwards.</summary>
/// <param name="NextBefore">Give it back as <c>before</c> for what is older; null at the beginning.</param>
internal sealed record Slice<T>(IReadOnlyList<T> Items, long? NextBefore);
