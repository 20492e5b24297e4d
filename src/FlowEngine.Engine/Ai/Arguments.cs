using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowEngine.Engine.Ai;

/// <summary>Arguments of a model's call, read with the suspicion that they deserve.</summary>
internal static class Arguments
{
    /// <summary>The trimmed text; null when it is missing, empty or no text.</summary>
    public static string? Text(this JsonObject arguments, string name, int longest = int.MaxValue)
    {
        var text = arguments[name] is JsonValue value && value.TryGetValue<string>(out var found) ? found.Trim() : null;
        return string.IsNullOrEmpty(text) ? null : text.Length <= longest ? text : text[..longest];
    }

    /// <summary>Whole numbers of a list; null when something else stands in it. A missing list is an empty one.</summary>
    public static IReadOnlyList<int>? Numbers(this JsonObject arguments, string name)
    {
        if (arguments[name] is null)
        {
            return [];
        }

        if (arguments[name] is not JsonArray list)
        {
            return null;
        }

        var numbers = list.Select(n => n is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<int>(out var number) ? number
            : n is JsonValue text && text.TryGetValue<string>(out var digits) && int.TryParse(digits, out var read) ? read : (int?)null).ToList();
        return numbers.Contains(null) ? null : [.. numbers.Select(n => n!.Value).Distinct()];
    }
}
