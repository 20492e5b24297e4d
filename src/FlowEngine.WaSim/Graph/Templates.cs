using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FlowEngine.WaSim.Graph;

/// <summary>
/// Approved templates by name and language. While none is registered every template is taken, so that a demo needs no set-up; from the
/// first registration on, unknown ones are refused as the provider does.
/// </summary>
public sealed partial class Templates
{
    private readonly ConcurrentDictionary<(string Name, string Language), string> bodies = new();

    /// <param name="body">Text with variables {{1}}, {{2}} or {{name}}.</param>
    public void Put(string name, string language, string body) => bodies[(name, language)] = body;

    public void Clear() => bodies.Clear();

    internal GraphRefusal? Check(JsonNode template)
    {
        var (name, language) = KeyOf(template);
        if (bodies.IsEmpty)
            return null;
        if (!bodies.TryGetValue((name, language), out var body))
            return GraphRefusal.Of(132001, $"template name ({name}) does not exist in {language}");

        var expected = Variable().Matches(body).Select(match => match.Value).Distinct().Count();
        var given = Parameters(template).Count;
        return expected == given
            ? null
            : GraphRefusal.Of(132000, $"body: number of localizable_params ({given}) does not match the expected number of params ({expected})");
    }

    /// <summary>What the phone shows.</summary>
    internal string Render(JsonNode template)
    {
        var values = Parameters(template);
        var (name, language) = KeyOf(template);
        if (!bodies.TryGetValue((name, language), out var body))
            return values.Count == 0 ? name : $"{name}: {string.Join(", ", values.Select(value => value.Text))}";

        return Variable().Replace(body, match =>
        {
            var key = match.Groups["name"].Value;
            return int.TryParse(key, out var place) && place >= 1 && place <= values.Count
                ? values[place - 1].Text
                : values.FirstOrDefault(value => value.Name == key).Text ?? match.Value;
        });
    }

    private static (string, string) KeyOf(JsonNode template) => (template.Word("name") ?? "", template["language"].Word("code") ?? "");

    private static List<(string? Name, string Text)> Parameters(JsonNode template) =>
        [.. (template["components"] as JsonArray ?? [])
            .Where(part => part.Word("type") == "body")
            .SelectMany(part => part!["parameters"] as JsonArray ?? [])
            .Select(value => (value.Word("parameter_name"), value.Word("text") ?? ""))];

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}")]
    private static partial Regex Variable();
}
