namespace FlowEngine.Engine.Verification;

public enum FindingSeverity
{
    /// <summary>It runs, and may do what nobody wants.</summary>
    Warning,

    /// <summary>It cannot run as it is; it stays a draft.</summary>
    Error,
}

/// <summary>Something that the verifier has to say about a flow, for the person who draws it.</summary>
/// <param name="Code">A stable word for programs.</param>
/// <param name="ActivityId">Where; null when it concerns the whole flow.</param>
public sealed record Finding(FindingSeverity Severity, string Code, string Message, string? ActivityId = null);
