using System.Text;
using System.Text.Json.Nodes;
using FlowEngine.Workflows.Activities;

namespace FlowEngine.Server.Studio.Descriptors;

/// <summary>A descriptor as the Studio reads it (studio-api 5.1).</summary>
internal static class ActivityView
{
    /// <summary>Lists of children, which a flowchart or a sequence draws by itself; the rest are ports that are opened by a click.</summary>
    private static readonly HashSet<string> DrawnByTheContainer = new(StringComparer.Ordinal) { "activities", "branches", "cases", "expectedStatusCodes", "root" };

    public static JsonObject Of(ActivityDescriptor descriptor, CompanyChoices company) => new()
    {
        ["typeName"] = descriptor.TypeName,
        ["namespace"] = descriptor.TypeName[..Math.Max(0, descriptor.TypeName.LastIndexOf('.'))],
        ["name"] = descriptor.Name,
        ["version"] = descriptor.Version,
        ["category"] = descriptor.Category,
        ["displayName"] = descriptor.DisplayName,
        ["description"] = descriptor.Description,
        ["kind"] = descriptor.Kind.ToString(),
        ["inputs"] = new JsonArray([.. descriptor.Inputs.Select((input, order) => InputView.Of(descriptor, input, order, company))]),
        ["outputs"] = new JsonArray([.. descriptor.Outputs.Select(Output)]),
        ["ports"] = new JsonArray([.. Ports(descriptor)]),
        ["customProperties"] = ResilienceCalls.IsResilient(descriptor.TypeName) ? new JsonObject { ["Resilient"] = true, ["ResilienceCategory"] = ResilienceCalls.Category } : [],
        ["constructionProperties"] = new JsonObject(),
        ["runAsynchronously"] = false,
        ["isContainer"] = descriptor.IsContainer && descriptor.ChildPorts.Any(DrawnByTheContainer.Contains),
        ["isBrowsable"] = descriptor.IsBrowsable,
        ["isStart"] = descriptor.IsStart,
        ["isTerminal"] = descriptor.IsTerminal,
    };

    private static JsonObject Output(OutputDescriptor output, int order) => new()
    {
        ["name"] = output.Name,
        ["typeName"] = output.TypeName,
        ["displayName"] = output.DisplayName,
        ["description"] = output.Description,
        ["order"] = order,
        ["isBrowsable"] = true,
        ["isSynthetic"] = false,
    };

    /// <summary>A plain <c>Done</c> is left out: the Studio draws it by itself.</summary>
    private static IEnumerable<JsonNode> Ports(ActivityDescriptor descriptor)
    {
        foreach (var child in descriptor.ChildPorts.Where(p => !DrawnByTheContainer.Contains(p)))
        {
            var name = char.ToUpperInvariant(child[0]) + child[1..];
            yield return Port(name, "Embedded");
        }

        foreach (var outcome in descriptor.IsTerminal || descriptor.Outcomes is ["Done"] ? [] : descriptor.Outcomes)
        {
            yield return Port(outcome, "Flow");
        }
    }

    private static JsonObject Port(string name, string type) => new() { ["name"] = name, ["displayName"] = ForPeople(name), ["type"] = type, ["isBrowsable"] = true };

    /// <summary><c>NotSure</c> as people write it: Not sure.</summary>
    internal static string ForPeople(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            text.Append(char.IsUpper(letter) && text.Length > 0 && char.IsLower(text[^1]) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString());
        }

        return text.ToString();
    }
}
