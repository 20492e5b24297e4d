namespace FlowEngine.Workflows.Definitions;

/// <summary>A workflow that is used as an activity, as the node names it.</summary>
/// <param name="TypeName">The workflow's name in Pascal case.</param>
/// <param name="VersionId">Wins over the others when that version is there; then type and version, then any version of the definition.</param>
public sealed record WorkflowReference(string TypeName, int? Version, string? DefinitionId, string? VersionId)
{
    /// <summary>The activity type that a workflow's name makes: its words in Pascal case.</summary>
    public static string TypeNameOf(string name)
    {
        var words = name.Split([' ', '-', '_', '.', '/'], StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
    }
}

/// <summary>The definition JSON of a workflow that may be used as an activity; null when there is none.</summary>
public delegate ReadOnlyMemory<byte>? FindWorkflow(WorkflowReference reference);
