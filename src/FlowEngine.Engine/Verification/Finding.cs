using System.Globalization;
using System.Resources;
using System.Text.Json.Serialization;
using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Engine.Verification;

public enum FindingSeverity
{
    /// <summary>It runs, and may do what nobody wants.</summary>
    Warning,

    /// <summary>It cannot run as it is; it stays a draft.</summary>
    Error,
}

/// <summary>
/// Something that the verifier has to say about a flow, for the person who draws it. Its sentences stand in the resources beside it, in the languages
/// of the desk.
/// </summary>
/// <param name="Code">A stable word for programs, and the key of the sentence.</param>
/// <param name="ActivityId">Where; null when it concerns the whole flow.</param>
/// <param name="Values">What the sentence names; first the step, where it concerns one.</param>
public sealed record Finding(FindingSeverity Severity, string Code, string? ActivityId, params IReadOnlyList<string> Values)
{
    private static readonly ResourceManager Texts = new(typeof(Finding));

    /// <summary>Another sentence for the same code; null is the usual one.</summary>
    [JsonIgnore]
    public string? Variant { get; init; }

    /// <summary>What the reader of definitions has said, where it is that.</summary>
    [JsonIgnore]
    public DefinitionError? Cause { get; init; }

    /// <summary>For people, in the present culture's language; English where it has none.</summary>
    public string Message => Cause is { } cause ? $"{cause.Message} ({cause.Path})" : string.Format(CultureInfo.CurrentCulture, Sentence ?? Code, [.. Values]);

    private string? Sentence => Texts.GetString(Variant is null ? Code : $"{Code}_{Variant}", CultureInfo.CurrentUICulture);
}
