using FlowEngine.Workflows.Instances;

namespace FlowEngine.Workflows.Interpreter;

/// <summary>A child workflow as its parent asks for it. Its published version is taken.</summary>
/// <param name="InstanceId">Of the child; chosen by the parent, which may wait for it by this id.</param>
/// <param name="Depth">How many parents are above it.</param>
public sealed record ChildStart(
    Guid InstanceId, string DefinitionId, string? CorrelationId, IReadOnlyDictionary<string, object?> Input, Guid ParentInstanceId, int Depth);

/// <summary>How far an inline child came in this burst, and the lines that it wrote meanwhile.</summary>
public sealed record ChildRun(WorkflowStatus Status, WorkflowSubStatus SubStatus, string? CorrelationId, IReadOnlyDictionary<string, object?> Output, IReadOnlyList<string> ConsoleLines);

/// <summary>The host's side of inline children: they run within the parent's burst and are stored with it.</summary>
public interface IChildRuns
{
    /// <summary>Runs the child until it blocks or ends; null when no such workflow is published.</summary>
    ChildRun? Execute(ChildStart child);

    bool IsPublished(string definitionId);
}
