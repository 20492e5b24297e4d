namespace FlowEngine.Workflows.Activities;

public enum ActivityKind { Action, Trigger, Job, Task }

/// <summary>
/// What a node is, for the Studio, the reader and the verifier (Elsa's activity descriptor). Texts are for people.
/// </summary>
public sealed record ActivityDescriptor
{
    /// <summary>Full type name such as <c>Elsa.WriteLine</c> or <c>FlowEngine.SendMessage</c>.</summary>
    public required string TypeName { get; init; }

    public int Version { get; init; } = 1;

    public required string Category { get; init; }

    public required string DisplayName { get; init; }

    public required string Description { get; init; }

    public ActivityKind Kind { get; init; } = ActivityKind.Action;

    public IReadOnlyList<InputDescriptor> Inputs { get; init; } = [];

    public IReadOnlyList<OutputDescriptor> Outputs { get; init; } = [];

    /// <summary>Outcomes a completion may have; <c>Done</c> when none is named.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = ["Done"];

    /// <summary>JSON properties that hold child activities (Elsa's embedded ports), such as <c>then</c> and <c>else</c>.</summary>
    public IReadOnlyList<string> ChildPorts { get; init; } = [];

    public bool IsContainer { get; init; }

    public bool IsBrowsable { get; init; } = true;

    public bool IsStart { get; init; }

    public bool IsTerminal { get; init; }

    /// <summary>Short name: the type name after its last dot.</summary>
    public string Name => TypeName[(TypeName.LastIndexOf('.') + 1)..];
}

/// <param name="Name">Pascal case as in Elsa (<c>Text</c>); the JSON property is its camel case.</param>
/// <param name="TypeName">Elsa alias: String, Boolean, Int32, Object, StringList as <c>ICollection&lt;String&gt;</c>…</param>
/// <param name="IsWrapped">False for Elsa's plain inputs (cases, joinMode, variable …).</param>
/// <param name="Hint">Editor hint of the Studio: singleline, multiline, checkbox, dropdown, checklist, code-editor, multi-text, json-editor, switch-editor …</param>
/// <param name="Options">Fixed choices of a dropdown: value and its text.</param>
/// <param name="OptionsSource">Choices that come from the company: departments, agents, labels, templates, connections.</param>
public sealed record InputDescriptor(
    string Name,
    string TypeName,
    string DisplayName,
    string Description,
    string Hint = "singleline",
    object? Default = null,
    bool IsWrapped = true,
    IReadOnlyList<(string Value, string Text)>? Options = null,
    string? OptionsSource = null,
    string? Category = null,
    string? DefaultSyntax = null)
{
    /// <summary>Its value may be secret: the journal keeps only that there was one.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Evaluated when the activity asks for it, not before it runs.</summary>
    public bool IsLazy { get; init; }

    public string JsonName { get; init; } = char.ToLowerInvariant(Name[0]) + Name[1..];
}

public sealed record OutputDescriptor(string Name, string TypeName, string DisplayName, string Description)
{
    public string JsonName { get; init; } = char.ToLowerInvariant(Name[0]) + Name[1..];
}
