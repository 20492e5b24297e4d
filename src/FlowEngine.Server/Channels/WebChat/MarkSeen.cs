using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>
/// <c>POST /chat/{connection}/seen</c>: up to where the page has got the thread, and up to where a person looked at it. They become the
/// same delivery reports that a provider sends, so that agents see them as ticks.
/// </summary>
internal static class MarkSeen
{
    public static void Map(IEndpointRouteBuilder chat) => chat.MapPost("/seen", Handle).Paced(ChatLimits.Calls);

    private static async Task<IResult> Handle(HttpContext http, ChatThread threads, Intake intake, Ids ids, TimeProvider clock)
    {
        var call = ChatCall.Of(http);
        var (request, refusal) = await ChatBody.Read<Request>(http);
        if (request is null)
        {
            return refusal!;
        }

        var (state, status) = request.Read ? (MessageState.Read, "read") : (MessageState.Delivered, "delivered");
        var messages = await threads.Unacknowledged(call.Key, call.VisitorId, request.UpTo, state, http.RequestAborted);
        var now = clock.GetUtcNow();
        await intake.Accept([.. messages.Select(id => Report(call.Key, id, status, ids.Next(), now))], http.RequestAborted);
        return Results.Ok();
    }

    private static NewEvent Report(string connection, Guid message, string status, Guid id, DateTimeOffset now)
    {
        var name = WebChatChannel.ProviderId(message);
        return new NewEvent(id, $"{connection}:{name}:{status}", new StatusUpdate(name, status, now, message))
        {
            Reference = new MessageReference(connection, name, message),
        };
    }

    /// <param name="UpTo">Order number of the newest message that the page has.</param>
    /// <param name="Read">A person had it on the screen; else it has only arrived.</param>
    private sealed record Request(long UpTo, bool Read);
}
