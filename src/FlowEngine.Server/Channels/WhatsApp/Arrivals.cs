namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>
/// Deliveries go to the store in the order in which they reached this process, however the scheduler runs their requests: two messages that
/// a lead sends within a millisecond come in two requests, and are taken in order of arrival at the webhook (decision 16).
/// </summary>
public sealed class Arrivals(TimeProvider clock)
{
    /// <summary>A slow upload holds those behind it only so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(25);

    private Task last = Task.CompletedTask;

    /// <summary>Called as the first thing of a request; dispose it when the request is over.</summary>
    public Arrival Enter()
    {
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new Arrival(Interlocked.Exchange(ref last, passed.Task), passed, clock);
    }

    /// <summary>
    /// The first middleware. One thread reads all sockets and comes here in the order of their bytes; each request takes its place, and only then
    /// leaves that thread for one of its own.
    /// </summary>
    public async Task Note(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/webhooks"))
        {
            http.Features.Set(new Noted(Enter()));
        }

        await Task.Yield();
        await next(http);
    }

    /// <summary>The place that was noted for this request, or one taken now.</summary>
    public Arrival Of(HttpContext http) => http.Features.Get<Noted>()?.Arrival ?? Enter();

    private sealed record Noted(Arrival Arrival);

    public readonly struct Arrival(Task before, TaskCompletionSource passed, TimeProvider clock) : IDisposable
    {
        /// <summary>Waits until the one before has been handed over, or has had its time.</summary>
        public async ValueTask MyTurn()
        {
            if (before.IsCompleted)
            {
                return;
            }

            try
            {
                await before.WaitAsync(Patience, clock);
            }
            catch (TimeoutException)
            {
                // It is slow; order is no promise to those that it would hold up.
            }
        }

        /// <summary>Handed over: the next may go.</summary>
        public void Dispose() => passed.TrySetResult();
    }
}
