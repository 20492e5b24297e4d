using System.Text.Json;
using FlowEngine.Engine.Flows;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Engine.Verification;

/// <summary>
/// Reads a definition as the engine would, and says what it thinks of it before a lead meets it. What cannot run is an error and stays a
/// draft; what runs and may do what nobody wants is a warning. It knows only what is drawn: a value that a run works out is taken as right.
/// </summary>
public static class FlowVerifier
{
    /// <summary>What the reader calls a kind that it does not know.</summary>
    private const string UnknownType = "unknownType";

    /// <summary>What was found, errors first. The graph is null when there is an error.</summary>
    /// <param name="workflows">Finds the workflows that it uses as activities.</param>
    public static (WorkflowGraph? Graph, IReadOnlyList<Finding> Findings) Verify(ReadOnlyMemory<byte> json, ActivityCatalog catalog, CompanyFacts company, FindWorkflow? workflows = null)
    {
        var reading = DefinitionReader.Read(json, catalog, workflows);
        if (reading.Graph is not { } graph)
        {
            return (null, [.. reading.Errors.Select(Unreadable)]);
        }

        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 512, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        var drawing = FlowDrawing.Of(document.RootElement, catalog);
        var findings = graph.PublishErrors.Select(Unreadable).Concat(OnFault(graph)).Concat(DrawingRules.Check(drawing, type => IsUnknown(graph, type)))
            .Concat(ConversationRules.Check(drawing, company)).Concat(DrawingRules.Forgets(drawing, graph)).Concat(Read(graph)).OrderByDescending(f => f.Severity).ToList();
        return (findings is [{ Severity: FindingSeverity.Error }, ..] ? null : graph, findings);
    }

    private static Finding Unreadable(DefinitionError error) => new(FindingSeverity.Error, "unreadable", null) { Cause = error };

    private static IEnumerable<Finding> OnFault(WorkflowGraph graph) =>
        FaultPolicy.Check(graph) is { } wrong ? [new Finding(FindingSeverity.Error, "onFault", null) { Cause = wrong }] : [];

    /// <summary>The reader knows also the kinds that are workflows themselves.</summary>
    private static bool IsUnknown(WorkflowGraph graph, string type) => graph.Warnings.Any(w => w.Code == UnknownType && w.Values.Contains(type));

    /// <summary>What the reader says of scripts and connections; unknown kinds have been named already.</summary>
    private static IEnumerable<Finding> Read(WorkflowGraph graph) => graph.Warnings
        .Where(w => w.Code != UnknownType)
        .Select(w => new Finding(FindingSeverity.Warning, "reader", null) { Cause = w });
}
