namespace FlowEngine.Server.Requests;

/// <summary>Bounds of the HTTP requests that flows send. Bound from <c>FlowEngine:Requests</c>.</summary>
public sealed record RequestOptions
{
    /// <summary>Hosts that may be called although their address is a private one: <c>erp.internal</c>, or <c>127.0.0.1</c>. Names are compared as written.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Time for one attempt, connection and body included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of an answer; a longer one counts as a failure.</summary>
    public int LargestAnswer { get; init; } = 1024 * 1024;

    public int Redirects { get; init; } = 5;

    /// <summary>Policies that an activity's resilience strategy names.</summary>
    public IReadOnlyDictionary<string, RetryStrategy> Strategies { get; init; } = new Dictionary<string, RetryStrategy>();
}
