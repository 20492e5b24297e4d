using System.Globalization;
using System.Text.Json;
using FlowEngine.Workflows.Activities;

namespace FlowEngine.Engine.Verification;

/// <summary>One activity as it is drawn: what stands in its JSON, and what kind it is.</summary>
internal sealed class FlowStep(JsonElement json, FlowStep? parent, ActivityDescriptor? descriptor)
{
    private HashSet<string>? outcomes;

    public string Id { get; } = Text(json, "id") ?? "";

    public string Type { get; } = Text(json, "type") ?? "";

    public string Name { get; } = Text(json, "name") ?? (json.TryGetProperty("metadata", out var m) && m.ValueKind == JsonValueKind.Object ? Text(m, "displayText") : null) ?? Text(json, "id") ?? "?";

    public FlowStep? Parent => parent;

    /// <summary>Null for a type that nobody here knows.</summary>
    public ActivityDescriptor? Descriptor => descriptor;

    /// <summary>Where it goes on, by outcome.</summary>
    public List<(string Outcome, FlowStep To)> Ways { get; } = [];

    public bool Starts { get; } = json.TryGetProperty("customProperties", out var bag) && bag.ValueKind == JsonValueKind.Object && bag.TryGetProperty("canStartWorkflow", out var can) && can.ValueKind == JsonValueKind.True;

    /// <summary>Whether it may end in this way; a type that names its outcomes by an input may end as that says.</summary>
    public bool MayEnd(string outcome) => descriptor is null || Outcomes.Contains(outcome);

    public IReadOnlyCollection<string> Outcomes => outcomes ??= [.. descriptor!.Outcomes, .. OwnOutcomes()];

    /// <summary>An input's literal; null when it is not set, empty, or known only in a run.</summary>
    public string? Literal(string input) => Find(input) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.Object when Expression(value) is { } expression => Text(expression, "type") is "Literal" or "Object" or null ? Text(expression, "value") : null,
        JsonValueKind.Object => null,
        _ => Plain(value),
    };

    /// <summary>Whether something stands in it at all, be it known only in a run.</summary>
    public bool IsSet(string input) => Literal(input) is not null
        || (Find(input) is { ValueKind: JsonValueKind.Object } value && Expression(value) is { } expression && Text(expression, "type") is not ("Literal" or null) && Text(expression, "value") is not null);

    public TimeSpan? Duration(string input) => TimeSpan.TryParse(Literal(input), CultureInfo.InvariantCulture, out var time) ? time : null;

    /// <summary>Outcomes that an input names: cases of a switch, branches of a fork, status codes.</summary>
    private IEnumerable<string> OwnOutcomes()
    {
        foreach (var input in descriptor!.Inputs.Where(i => i.Hint is "flow-switch-editor" or "switch-editor" or "dynamic-outcomes" || i.Name is "ExpectedStatusCodes" or "Categories"))
        {
            if (Find(input.JsonName) is not { } value)
            {
                continue;
            }

            var list = value.ValueKind == JsonValueKind.Object && Expression(value) is { } expression && expression.TryGetProperty("value", out var inner) ? inner : value;
            foreach (var name in Names(list))
            {
                yield return name;
            }
        }
    }

    private static IEnumerable<string> Names(JsonElement list)
    {
        if (list.ValueKind == JsonValueKind.String && list.GetString() is { } text)
        {
            return text.TrimStart().StartsWith('[') && Parsed(text) is { } parsed ? Names(parsed) : [.. text.Split('\n').Select(l => l.Split('|')[0].Trim()).Where(l => l.Length > 0)];
        }

        return list.ValueKind != JsonValueKind.Array ? []
            : [.. list.EnumerateArray().Select(i => i.ValueKind == JsonValueKind.Object ? Text(i, "label") ?? Text(i, "statusCode") ?? Text(i, "value") : Plain(i)).OfType<string>()];
    }

    private static JsonElement? Parsed(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private JsonElement? Find(string input) => json.TryGetProperty(input, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    private static JsonElement? Expression(JsonElement input) => input.TryGetProperty("expression", out var expression) && expression.ValueKind == JsonValueKind.Object ? expression : null;

    internal static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? Plain(value) : null;

    private static string? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };
}
