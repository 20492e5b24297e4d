using System.Text.Json;
using System.Text.Json.Nodes;
using FlowEngine.Server.Studio.Wire;
using FlowEngine.Workflows.Activities;

namespace FlowEngine.Server.Studio.Descriptors;

/// <summary>One input and the editor that the Studio shows for it. A hint that the Studio does not know would empty the whole panel.</summary>
internal static class InputView
{
    private static readonly Dictionary<string, string> Hints = new(StringComparer.Ordinal)
    {
        ["multi-line"] = "multiline", ["multi-text"] = "multitext", ["check-list"] = "checklist", ["radio-list"] = "radiolist", ["drop-down"] = "dropdown",
    };

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "singleline", "multiline", "checkbox", "dropdown", "radiolist", "checklist", "multitext", "dictionary", "code-editor", "json-editor", "expression-editor",
        "datetime-picker", "variable-picker", "input-picker", "output-picker", "outcome-picker", "workflow-definition-picker", "switch-editor", "flow-switch-editor",
        "http-status-codes", "dynamic-outcomes",
    };

    public static JsonObject Of(ActivityDescriptor activity, InputDescriptor input, int order, CompanyChoices company)
    {
        var hint = HintOf(activity, input);
        return new JsonObject
        {
            ["name"] = input.Name,
            ["typeName"] = input.TypeName,
            ["displayName"] = input.DisplayName,
            ["description"] = input.Description,
            ["category"] = input.Category,
            ["order"] = order,
            ["isBrowsable"] = true,
            ["isSerializable"] = true,
            ["isWrapped"] = input.IsWrapped,
            ["isReadOnly"] = false,
            ["isSensitive"] = false,
            ["isSynthetic"] = false,
            ["autoEvaluate"] = true,
            ["uiHint"] = hint,
            ["uiSpecifications"] = Specification(input, hint, company),
            ["defaultValue"] = input.Default is null ? null : JsonSerializer.SerializeToNode(input.Default, ElsaJson.Options),
            ["defaultSyntax"] = hint is "dropdown" or "checkbox" or "switch-editor" ? null : input.DefaultSyntax,
        };
    }

    /// <summary>
    /// What the choices of an input are now. Not marked to be refreshed: 3.8.2 then asks again with every rendering, dozens of times a second; it
    /// reads all descriptors anew after each save and with each page.
    /// </summary>
    public static JsonObject Specification(InputDescriptor input, string hint, CompanyChoices company)
    {
        if (hint == "code-editor" || hint == "json-editor")
        {
            return new JsonObject { ["code-editor"] = new JsonObject { ["language"] = hint == "json-editor" ? "json" : "javascript" } };
        }

        if (ListOf(hint) is not { } list)
        {
            return [];
        }

        var choices = input.OptionsSource is { } source ? company.Of(source) : input.Options ?? [];
        var items = new JsonArray([.. choices.Select(c => (JsonNode)new JsonObject { ["text"] = c.Text, ["value"] = c.Value, ["isChecked"] = false })]);
        return new JsonObject { [hint] = new JsonObject { [list] = new JsonObject { ["items"] = items, ["isFlagsEnum"] = false } } };
    }

    /// <summary>Under which name an editor finds what there is to choose from; null when it offers nothing.</summary>
    private static string? ListOf(string hint) => hint switch { "dropdown" => "selectList", "radiolist" => "radioList", "checklist" => "checkList", _ => null };

    public static string HintOf(ActivityDescriptor activity, InputDescriptor input)
    {
        var hint = Hints.GetValueOrDefault(input.Hint, input.Hint);
        return !Known.Contains(hint) ? "singleline" : hint == "dynamic-outcomes" && activity.IsTerminal ? "multitext" : hint;
    }
}
