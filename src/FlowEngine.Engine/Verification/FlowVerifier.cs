using FlowEngine.Engine.Flows;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Engine.Verification;

/// <summary>Reads a definition as the engine would, and says what it thinks of it before a lead meets it.</summary>
public static class FlowVerifier
{
    /// <summary>What was found, errors first. The graph is null when the flow cannot run.</summary>
    /// <param name="workflows">Finds the workflows that it uses as activities.</param>
    public static (WorkflowGraph? Graph, IReadOnlyList<Finding> Findings) Verify(ReadOnlyMemory<byte> json, ActivityCatalog catalog, CompanyFacts company, FindWorkflow? workflows = null)
    {
        var reading = DefinitionReader.Read(json, catalog, workflows);
        if (reading.Graph is not { } graph)
        {
            return (null, [.. reading.Errors.Select(e => new Finding(FindingSeverity.Error, "unreadable", $"{e.Path}: {e.Message}"))]);
        }

        List<Finding> findings = [.. graph.PublishErrors.Select(e => new Finding(FindingSeverity.Error, "unreadable", $"{e.Path}: {e.Message}"))];
        if (FaultPolicy.Check(graph) is { } wrong)
        {
            findings.Add(new Finding(FindingSeverity.Error, "onFault", $"{wrong.Path}: {wrong.Message}"));
        }

        return (findings.Exists(f => f.Severity == FindingSeverity.Error) ? null : graph, findings);
    }
}
