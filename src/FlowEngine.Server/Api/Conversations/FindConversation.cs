using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
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

    private static async Task<IResult> Handle(Guid id, InboxQueries inbox, ConnectionBook connections, TimeProvider clock, CancellationToken cancel)
    {
        if (await inbox.Find(id, cancel) is not { } detail)
        {
            return Problems.NotFound("conversation");
        }

        var window = connections.Find(detail.Row.Connection)?.Capabilities.Window ?? WindowKind.Sliding;
        return Results.Ok(ConversationDetailJson.Of(detail, window, clock.GetUtcNow()));
    }
}
