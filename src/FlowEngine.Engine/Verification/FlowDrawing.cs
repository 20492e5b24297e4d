using System.Text.Json;
using FlowEngine.Workflows.Activities;

namespace FlowEngine.Engine.Verification;

/// <summary>A definition as a drawing: steps, the ways between them, and where it begins.</summary>
internal sealed class FlowDrawing
{
    private static readonly HashSet<string> Leaves = new(StringComparer.Ordinal)
    {
        "metadata", "customProperties", "variables", "expression", "memoryReference", "connections", "condition", "transitions",
    };

    private readonly List<FlowStep> steps = [];
    private readonly HashSet<FlowStep> reachable = [];
    private readonly Dictionary<FlowStep, List<FlowStep>> parts = [];

    private FlowDrawing(string? onComplete) => OnComplete = onComplete;

    public IReadOnlyList<FlowStep> Steps => steps;

    /// <summary>What the definition says should become of a conversation whose flow has ended; null when it says nothing.</summary>
    public string? OnComplete { get; }

    /// <summary>Whether it talks with leads at all; other flows are nobody's conversation.</summary>
    public bool Converses => steps.Exists(s => s.Type.StartsWith("FlowEngine.", StringComparison.Ordinal));

    public bool Reaches(FlowStep step) => reachable.Contains(step);

    public IEnumerable<FlowStep> Starts => steps.Where(s => s.Starts && reachable.Contains(s));

    public static FlowDrawing Of(JsonElement definition, ActivityCatalog catalog)
    {
        var bag = definition.TryGetProperty("customProperties", out var properties) && properties.ValueKind == JsonValueKind.Object ? properties : default;
        var drawing = new FlowDrawing(bag.ValueKind == JsonValueKind.Object ? FlowStep.Text(bag, "FlowEngine:OnComplete") : null);
        if (definition.TryGetProperty("root", out var root))
        {
            drawing.Read(root, null, catalog);
        }

        foreach (var top in drawing.steps.Where(s => s.Parent is null).ToList())
        {
            drawing.Reach(top);
        }

        return drawing;
    }

    /// <summary>The steps that stand directly in a container.</summary>
    public IReadOnlyList<FlowStep> PartsOf(FlowStep container) => parts.GetValueOrDefault(container, []);

    private void Read(JsonElement json, FlowStep? parent, ActivityCatalog catalog)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray())
            {
                Read(item, parent, catalog);
            }
        }
        else if (json.ValueKind == JsonValueKind.Object)
        {
            var step = IsActivity(json) ? Add(json, parent, catalog) : null;
            foreach (var member in json.EnumerateObject().Where(m => !Leaves.Contains(m.Name)))
            {
                Read(member.Value, step ?? parent, catalog);
            }

            if (step is not null && json.TryGetProperty("connections", out var connections) && connections.ValueKind == JsonValueKind.Array)
            {
                Connect(step, connections);
            }
        }
    }

    private FlowStep Add(JsonElement json, FlowStep? parent, ActivityCatalog catalog)
    {
        var step = new FlowStep(json, parent, catalog.Find(FlowStep.Text(json, "type")!)?.Descriptor);
        steps.Add(step);
        if (parent is not null)
        {
            (parts.TryGetValue(parent, out var siblings) ? siblings : parts[parent] = []).Add(step);
        }

        return step;
    }

    private void Connect(FlowStep flowchart, JsonElement connections)
    {
        var inside = PartsOf(flowchart).GroupBy(s => s.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        foreach (var connection in connections.EnumerateArray().Where(c => c.ValueKind == JsonValueKind.Object))
        {
            var (source, port) = End(connection, "source", "sourcePort");
            var (target, _) = End(connection, "target", "targetPort");
            if (source is not null && target is not null && inside.TryGetValue(source, out var from) && inside.TryGetValue(target, out var to))
            {
                from.Ways.Add((port ?? "Done", to));
            }
        }
    }

    /// <summary>One end of a connection, in the form of today or the flat one of old files.</summary>
    private static (string? Activity, string? Port) End(JsonElement connection, string name, string flatPort) =>
        !connection.TryGetProperty(name, out var end) ? (null, null)
        : end.ValueKind == JsonValueKind.Object ? (FlowStep.Text(end, "activity"), FlowStep.Text(end, "port"))
        : (FlowStep.Text(connection, name), FlowStep.Text(connection, flatPort));

    /// <summary>A flowchart begins where the engine would, and by each trigger; other containers begin all of their parts.</summary>
    private void Reach(FlowStep step)
    {
        var open = new Stack<FlowStep>([step]);
        while (open.TryPop(out var at))
        {
            if (!reachable.Add(at))
            {
                continue;
            }

            foreach (var (_, next) in at.Ways)
            {
                open.Push(next);
            }

            var inside = PartsOf(at);
            foreach (var part in at.Type == "Elsa.Flowchart" ? Beginnings(inside) : inside)
            {
                open.Push(part);
            }
        }
    }

    private static IEnumerable<FlowStep> Beginnings(IReadOnlyList<FlowStep> inside)
    {
        var targets = inside.SelectMany(s => s.Ways).Select(w => w.To).ToHashSet();
        var first = inside.FirstOrDefault(s => s.Descriptor is { IsStart: true }) ?? inside.FirstOrDefault(s => s.Starts) ?? inside.FirstOrDefault(s => !targets.Contains(s)) ?? (inside.Count > 0 ? inside[0] : null);
        return inside.Where(s => s.Starts || s == first);
    }

    private static bool IsActivity(JsonElement json) =>
        FlowStep.Text(json, "type") is { } type && !json.TryGetProperty("typeName", out _) && (FlowStep.Text(json, "id") is not null || type.Contains('.', StringComparison.Ordinal));
}
