namespace FlowEngine.Workflows.Interpreter;

/// <summary>
/// What a burst wants of the world around it. The host carries it out with the commit that stores the burst, so that it happens exactly
/// when the burst has happened.
/// </summary>
/// <param name="ActivityInstanceId">The execution that wants it.</param>
public abstract record RunEffect(string ActivityInstanceId);

/// <summary>An event for other runs (or only for this one when <paramref name="IsLocal"/>): starts what it triggers, then resumes what waits for it.</summary>
public sealed record EventPublished(string ActivityInstanceId, string Name, object? Payload, string? CorrelationId, bool IsLocal) : RunEffect(ActivityInstanceId);

/// <summary>A child that runs by itself, after this commit, in a mailbox of its own.</summary>
public sealed record WorkflowDispatched(string ActivityInstanceId, ChildStart Child) : RunEffect(ActivityInstanceId);

/// <summary>Work for somebody outside, who reports it as completed by <paramref name="TaskId"/>.</summary>
public sealed record TaskRequested(string ActivityInstanceId, string TaskId, string Name, IReadOnlyDictionary<string, object?>? Payload) : RunEffect(ActivityInstanceId);

/// <summary>An HTTP request that is sent outside the turn; its answer resumes the bookmark.</summary>
public sealed record HttpRequested(string ActivityInstanceId, string BookmarkId, HttpCall Call) : RunEffect(ActivityInstanceId)
{
    /// <summary>Name of the bookmark at which the answer is waited for.</summary>
    public const string BookmarkName = "Elsa.SendHttpRequest";

    /// <summary>What resumes it instead when the answer is lost with the run's right to act, and that right has come back.</summary>
    public const string AnswerLost = "";
}

/// <summary>The answer to the HTTP request that this burst serves.</summary>
public sealed record HttpResponded(string ActivityInstanceId, int StatusCode, object? Content, string? ContentType, IReadOnlyDictionary<string, object?>? Headers)
    : RunEffect(ActivityInstanceId)
{
    /// <summary>The content is a file's bytes in base64.</summary>
    public HttpFileSent? File { get; init; }
}

/// <summary>How a file is answered.</summary>
/// <param name="EntityTag">By which a client knows it again.</param>
/// <param name="Resumable">Whether a client may ask for a part of it.</param>
public sealed record HttpFileSent(string? Name, string? EntityTag, bool Resumable);

/// <summary>One outgoing request as the flow wrote it. <see cref="ToString"/> leaves out what may be secret.</summary>
/// <param name="Authorization">Value of that header; never journalled.</param>
/// <param name="ResilienceStrategy">JSON of a policy for retries: its <c>strategyId</c>, or its own members.</param>
public sealed record HttpCall(
    string Url, string Method, object? Content, string? ContentType, string? Authorization, IReadOnlyDictionary<string, object?>? Headers, string? ResilienceStrategy)
{
    /// <summary>Whether the answer's body is wanted as a file, whatever its type.</summary>
    public bool AsFile { get; init; }

    public override string ToString() => $"{Method} {Url}";
}
