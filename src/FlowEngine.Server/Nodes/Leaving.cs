namespace FlowEngine.Server.Nodes;

/// <summary>
/// Whether this node is on its way out. From then on the probe says so, no new turn starts here, and the other nodes go on with its
/// conversations; the door stays open a little longer.
/// </summary>
public sealed class Leaving : IDisposable
{
    private readonly CancellationTokenSource begun = new();

    public bool HasBegun => begun.IsCancellationRequested;

    public CancellationToken Begun => begun.Token;

    public void Begin() => begun.Cancel();

    /// <summary>While it leaves, every answer asks the proxy not to keep its connection for another request.</summary>
    public Task TellProxy(HttpContext http, RequestDelegate next)
    {
        if (HasBegun)
        {
            http.Response.Headers.Connection = "close";
        }

        return next(http);
    }

    public void Dispose() => begun.Dispose();
}
