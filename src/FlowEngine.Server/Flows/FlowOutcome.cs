using FlowEngine.Engine.Verification;
using FlowEngine.Server.Persistence.Rows;

namespace FlowEngine.Server.Flows;

public enum FlowChange
{
    /// <summary>Stored.</summary>
    Done,

    /// <summary>It was so already; nothing changed.</summary>
    Already,

    NotFound,

    /// <summary>Somebody else has saved since this editor read it; nothing changed.</summary>
    Conflict,

    /// <summary>What was asked cannot be done; <see cref="FlowOutcome.Findings"/> say why. A draft that came with it is kept.</summary>
    Refused,
}

/// <summary>What became of a change to a definition.</summary>
/// <param name="Version">The version as it stands now; null where there is none.</param>
/// <param name="By">Who was first, in a conflict.</param>
public sealed record FlowOutcome(FlowChange Change, StoredDefinition? Version = null, IReadOnlyList<Finding>? Found = null, string? By = null)
{
    public static readonly FlowOutcome NotFound = new(FlowChange.NotFound);

    public IReadOnlyList<Finding> Findings => Found ?? [];

    public static FlowOutcome Refused(string code) => new(FlowChange.Refused, null, [new Finding(FindingSeverity.Error, code, null)]);
}

/// <summary>Who changes flows.</summary>
/// <param name="Id">Of the person or key; the same editor may save over an own earlier state.</param>
public sealed record FlowEditor(string Id, string Name);
