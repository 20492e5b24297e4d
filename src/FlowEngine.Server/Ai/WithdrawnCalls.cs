namespace FlowEngine.Server.Ai;

/// <summary>
/// Breaks the connection of a call that is withdrawn. A client library that is cancelled between an answer's headers and the end of its first part
/// leaves the answer open, and the endpoint goes on to produce what nobody reads and somebody pays for. It is the content that is ended: libraries take
/// it away from the answer before they read it.
/// </summary>
internal sealed class WithdrawnCalls(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly AsyncLocal<CancellationToken> withdrawn = new();

    /// <summary>Calls that the caller makes from here on, in its own flow, end with this token, whatever their library does.</summary>
    public void EndWith(CancellationToken cancel) => withdrawn.Value = cancel;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        withdrawn.Value.Register(response.Content.Dispose);
        return response;
    }
}
