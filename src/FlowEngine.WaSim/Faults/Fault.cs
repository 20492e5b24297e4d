using System.Text.Json.Serialization;

namespace FlowEngine.WaSim.Faults;

[JsonConverter(typeof(JsonStringEnumConverter<FaultStage>))]
public enum FaultStage
{
    /// <summary>Before anything is looked at.</summary>
    BeforeAuth,

    /// <summary>The request was understood, and is not taken.</summary>
    BeforeAccept,

    /// <summary>The message is taken and will be delivered; only the answer suffers.</summary>
    AfterAccept,
}

[JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
public enum FaultKind
{
    /// <summary>A Graph error with <see cref="Fault.Code"/>.</summary>
    Error,

    /// <summary>A gateway's page with <see cref="Fault.HttpStatus"/>.</summary>
    Html,

    /// <summary><see cref="Fault.HttpStatus"/> and no body.</summary>
    Empty,

    /// <summary>No answer at all: the connection breaks after <see cref="Fault.Wait"/>, or stays silent until the caller gives up.</summary>
    Silence,

    /// <summary>Half of the usual answer, then the connection ends.</summary>
    Truncated,

    /// <summary>The usual answer, after <see cref="Fault.Wait"/>: statuses overtake it.</summary>
    Slow,

    /// <summary>The usual answer with a byte changed: it is as long as it says, and its digest does not fit.</summary>
    Damaged,
}

/// <summary>A rule for what goes wrong with calls; the first that matches is taken.</summary>
/// <param name="Nth">Only the nth call that the other conditions match, from 1.</param>
/// <param name="Person">Only sends to this person, or media of this person.</param>
/// <param name="Type">Only sends of this type: text, interactive, template; or media of this kind: image, audio, document.</param>
/// <param name="Times">How often it strikes; 0 for ever.</param>
public sealed record Fault(FaultStage Stage, FaultKind Kind, int? Nth = null, string? Person = null, string? Type = null, int Times = 1)
{
    public string? Id { get; init; }

    /// <summary>The call that it strikes; null strikes any call before the entrance, and only sends after it.</summary>
    public GraphCall? Call { get; init; }

    public int Code { get; init; }

    public int? Subcode { get; init; }

    public int? HttpStatus { get; init; }

    public TimeSpan? Wait { get; init; }

    /// <summary>Seconds of a Retry-After header.</summary>
    public int? RetryAfter { get; init; }
}
