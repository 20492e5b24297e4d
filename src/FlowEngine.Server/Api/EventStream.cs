using System.Security.Claims;
using System.Text.Json;
using System.Threading.Channels;
using FlowEngine.Engine.Live;
using FlowEngine.Server.Access;

namespace FlowEngine.Server.Api;

/// <summary>
/// <c>GET /api/events</c>: server-sent events of what was committed. Each carries the conversation's version; a listener that
/// fell behind gets <c>resync</c> and reads its lists again. A comment line every 15 seconds keeps proxies from closing it.
/// </summary>
internal static class EventStream
{
    public const int Backlog = 1024;
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>How old a listener's rights may get before they are read again.</summary>
    public static readonly TimeSpan RightsAge = TimeSpan.FromMinutes(1);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/events", Handle)
        .RequireAuthorization(Policies.Listen)
        .WithSummary("Live changes as server-sent events: conversation, resync")
        .WithTags("Live")
        .Produces(StatusCodes.Status200OK, contentType: "text/event-stream");

    private static async Task Handle(HttpContext http, LiveFeed feed, TimeProvider clock, SessionCheck session, IHostApplicationLifetime application)
    {
        // A node that ends must not be held up by its listeners: they come back to another one after a second.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, application.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await Run(http.Response.Body, feed, clock, http.User, session.StillHolds, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The listener has gone, or we go; that is how every stream ends.
        }
    }

    /// <summary>Writes until the listener goes away or has lost its rights.</summary>
    public static async Task Run(
        Stream to, LiveFeed feed, TimeProvider clock, ClaimsPrincipal user, Func<ClaimsPrincipal, Task<bool>> stillHolds, CancellationToken cancel)
    {
        var missed = 0;
        var queue = Channel.CreateBounded<ConversationChanged?>(
            new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => Interlocked.Exchange(ref missed, 1));
        using var subscription = feed.Subscribe(change => queue.Writer.TryWrite(change), () =>
        {
            Interlocked.Exchange(ref missed, 1);
            queue.Writer.TryWrite(null);
        });
        await Write(to, "retry: 1000\nevent: ready\ndata: {}\n\n"u8.ToArray(), cancel);
        var checkedAt = clock.GetUtcNow();
        Task<bool>? waiting = null;
        while (true)
        {
            waiting ??= queue.Reader.WaitToReadAsync(cancel).AsTask();
            var changed = await Within(waiting, Heartbeat, clock, cancel);
            if (clock.GetUtcNow() - checkedAt >= RightsAge)
            {
                if (!await stillHolds(user))
                {
                    return;
                }

                checkedAt = clock.GetUtcNow();
            }

            if (!changed)
            {
                await Write(to, ": still here\n\n"u8.ToArray(), cancel);
                continue;
            }

            waiting = null;
            await WriteChanges(to, queue.Reader, Interlocked.Exchange(ref missed, 0) == 1, cancel);
        }
    }

    private static async Task WriteChanges(Stream to, ChannelReader<ConversationChanged?> changes, bool missed, CancellationToken cancel)
    {
        if (missed)
        {
            await to.WriteAsync("event: resync\ndata: {}\n\n"u8.ToArray(), cancel);
        }

        while (changes.TryRead(out var change))
        {
            if (change is null)
            {
                continue;
            }

            await to.WriteAsync("event: conversation\ndata: "u8.ToArray(), cancel);
            await to.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(change, ApiJson.Options), cancel);
            await to.WriteAsync("\n\n"u8.ToArray(), cancel);
        }

        await to.FlushAsync(cancel);
    }

    /// <summary>False when it has not happened within the time.</summary>
    private static async Task<bool> Within(Task happening, TimeSpan time, TimeProvider clock, CancellationToken cancel)
    {
        try
        {
            await happening.WaitAsync(time, clock, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static async Task Write(Stream to, byte[] bytes, CancellationToken cancel)
    {
        await to.WriteAsync(bytes, cancel);
        await to.FlushAsync(cancel);
    }
}
