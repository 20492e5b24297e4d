using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.Mailbox;

/// <summary>What became of an event of a run's mailbox: where the run stands after it, and what it answered.</summary>
/// <param name="Problem">Why the event changed nothing, for people; null when it did what it asked for.</param>
/// <param name="Response">The HTTP response that the burst wrote.</param>
public sealed record RunOutcome(
    Guid InstanceId, WorkflowStatus Status, WorkflowSubStatus SubStatus, string? Problem = null, RunResponse? Response = null);

/// <param name="ContentJson">The body as the flow wrote it.</param>
/// <param name="File">The body is a file: its bytes in base64.</param>
public sealed record RunResponse(int StatusCode, string? ContentJson, string? ContentType, IReadOnlyDictionary<string, string>? Headers, HttpFileSent? File = null);
