using System.Threading.Channels;
using FlowEngine.Engine.Live;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>
/// <c>GET /chat/{connection}/stream</c>: server-sent events that say only "look again". The page then asks for what is behind its cursor, so a
/// signal that was doubled or late changes nothing, and the heartbeat makes it look where one was lost. Each stream ends after some minutes; the page
/// opens it anew with its token.
/// </summary>
internal static class ChatStream
{
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(4);

    public static void Map(IEndpointRouteBuilder chat) => chat.MapGet("/stream", Handle).Paced(ChatLimits.Streams);

    /// <summary>204 while the visitor has not written: there is nothing to listen to.</summary>
    private static async Task Handle(HttpContext http, ChatThread threads, VisitorPace pace, LiveFeed feed, TimeProvider clock, IHostApplicationLifetime server)
    {
        var call = ChatCall.Of(http);
        if (await threads.Find(call.Key, call.VisitorId, http.RequestAborted) is not { } conversation)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        using var lease = pace.Stream(call.VisitorId);
        if (!lease.IsAcquired)
        {
            await ChatLimits.Reject(http, lease);
            return;
        }

        http.Response.ContentType = "text/event-stream";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, server.ApplicationStopping);
        try
        {
            await Run(http.Response.Body, feed, conversation, clock, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The page has gone, or the server stops; the page will find another.
        }
    }

    public static async Task Run(Stream to, LiveFeed feed, Guid conversation, TimeProvider clock, CancellationToken cancel)
    {
        // One place is enough: "look again" twice is once.
        var signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
        using var subscription = feed.Subscribe(change =>
        {
            if (change.Id == conversation)
            {
                signals.Writer.TryWrite(true);
            }
        });
        await Write(to, "data: look\n\n"u8.ToArray(), cancel);
        var end = clock.GetUtcNow() + Life;
        var signal = signals.Reader.ReadAsync(cancel).AsTask();
        while (clock.GetUtcNow() < end)
        {
            try
            {
                await signal.WaitAsync(Heartbeat, clock, cancel);
                signal = signals.Reader.ReadAsync(cancel).AsTask();
                await Write(to, "data: look\n\n"u8.ToArray(), cancel);
            }
            catch (TimeoutException)
            {
                await Write(to, ": still here\n\n"u8.ToArray(), cancel);
            }
        }
    }

    private static async Task Write(Stream to, byte[] bytes, CancellationToken cancel)
    {
        await to.WriteAsync(bytes, cancel);
        await to.FlushAsync(cancel);
    }
}
