using System.Text.Json;
using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Engine.Flows;

public enum OnFault
{
    /// <summary>The conversation goes to Error and the run is parked until somebody repairs it.</summary>
    Error,

    /// <summary>People get the conversation at once, with the cause as the reason; no Error.</summary>
    HandOff,

    /// <summary>The same, and the incident stays open as a failure that blocks nothing.</summary>
    Both,
}

/// <summary>
/// What happens when a run fails (decision 24): the definition's custom properties <c>FlowEngine:OnFault</c> (Error, HandOff, Both) and
/// <c>FlowEngine:OnFaultDepartment</c>. A trouble of the whole connection is nobody's fault and never asks this.
/// </summary>
/// <param name="Department">Who gets it; null means the conversation's department, else the connection's.</param>
public sealed record FaultPolicy(OnFault OnFault, string? Department)
{
    public const string Property = "FlowEngine:OnFault";

    public const string DepartmentProperty = "FlowEngine:OnFaultDepartment";

    private static readonly FaultPolicy Default = new(OnFault.Error, null);

    /// <summary>As the definition says; what cannot be read counts as Error, since nothing may be hidden.</summary>
    public static FaultPolicy Of(WorkflowGraph graph) =>
        Text(graph, Property) is { } word && TryRead(word, out var onFault) ? new FaultPolicy(onFault, Text(graph, DepartmentProperty)) : Default;

    /// <summary>Null when a definition's properties can be read, else where the mistake is and what is allowed.</summary>
    public static DefinitionError? Check(WorkflowGraph graph)
    {
        if (graph.CustomProperties.TryGetValue(Property, out var word) && (Text(graph, Property) is not { } text || !TryRead(text, out _)))
        {
            return new DefinitionError($"$.customProperties['{Property}']", "noneOf", word.ToString(), "Error, HandOff, Both");
        }

        return graph.CustomProperties.TryGetValue(DepartmentProperty, out var department) && string.IsNullOrWhiteSpace(Text(graph, DepartmentProperty))
            ? new DefinitionError($"$.customProperties['{DepartmentProperty}']", "noKey", department.ToString())
            : null;
    }

    private static bool TryRead(string word, out OnFault onFault) => Enum.TryParse(word, ignoreCase: true, out onFault) && !int.TryParse(word, out _);

    private static string? Text(WorkflowGraph graph, string property) =>
        graph.CustomProperties.TryGetValue(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : null;
}
