using System.Globalization;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Expressions;
using FlowEngine.Workflows.Interpreter;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Activities.Branching;

internal sealed record SwitchCase(string Label, Expression? Condition, ActivityNode? Activity);

/// <summary>The plain <c>cases</c> of both switches.</summary>
internal static class SwitchCases
{
    public static readonly InputDescriptor Mode = new(
        "Mode",
        "SwitchMode",
        "Mode",
        "Whether the first case that holds counts, or all.",
        "dropdown",
        "MatchFirst",
        Options: [("MatchFirst", "First match"), ("MatchAny", "All matches")]);

    public static SwitchCase[] Read(NodeScope scope, bool withActivities)
    {
        var cases = new List<SwitchCase>();
        var activities = new List<ActivityNode>();
        foreach (var json in Json.Items(Json.Property(scope.Node.Json, "cases")))
        {
            var at = scope.At("cases", cases.Count);
            var label = Json.Text(json, "label") ?? (cases.Count + 1).ToString(CultureInfo.InvariantCulture);
            var condition = at.At("condition").Expression(Json.Property(json, "condition"), ValueKind.Boolean);
            var child = Json.Property(json, "activity");
            var activity = withActivities && !Json.IsEmpty(child) ? at.At("activity").Child(child!.Value, "cases", cases.Count) : null;
            if (activity is not null) activities.Add(activity);
            cases.Add(new SwitchCase(label, condition, activity));
        }

        if (withActivities) scope.Node.Ports["cases"] = [.. activities];
        return [.. cases];
    }

    /// <summary>All conditions are evaluated, in order, also when only the first that holds counts: one that fails is a fault in both modes.</summary>
    public static List<SwitchCase> Matching(Execution execution)
    {
        var isFirst = execution.Input<string>("Mode") is not ("MatchAny" or "1");
        var matching = new List<SwitchCase>();
        foreach (var candidate in (SwitchCase[])execution.Node.Compiled!)
        {
            if (ClrValue.To<bool>(candidate.Condition?.Evaluate(execution)) && !(isFirst && matching.Count > 0)) matching.Add(candidate);
        }

        return matching;
    }
}
