using System.Text.Json.Nodes;

namespace FlowEngine.WaSim.Graph;

/// <summary>Limits of interactive messages (cloud-api.md section 6).</summary>
internal static class InteractiveChecks
{
    public static GraphRefusal? Check(JsonNode interactive)
    {
        if (interactive["action"] is not JsonObject action)
            return SendChecks.Missing("interactive.action");
        if ((Body(interactive) ?? Footer(interactive)) is { } wrong)
            return wrong;

        return interactive.Word("type") switch
        {
            "button" => Buttons(action),
            "list" => Rows(action),
            "cta_url" => SendChecks.Between("display_text", action["parameters"].Word("display_text"), 1, 20),
            "flow" => SendChecks.Between("flow_cta", action["parameters"].Word("flow_cta"), 1, 20),
            "location_request_message" => null,
            var other => GraphRefusal.Of(131009, $"interactive.type {other} is not supported"),
        };
    }

    private static GraphRefusal? Body(JsonNode interactive) => SendChecks.Between("body", interactive["body"].Word("text"), 1, 1024);

    private static GraphRefusal? Footer(JsonNode interactive) =>
        interactive["footer"] is { } footer ? SendChecks.Between("footer", footer.Word("text"), 1, 60) : null;

    private static GraphRefusal? Buttons(JsonObject action)
    {
        var buttons = Items(action, "buttons").Select(button => button?["reply"]).ToList();
        if (buttons.Count is < 1 or > 3)
            return GraphRefusal.Of(131009, "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3");
        if (Repeats(buttons, "title") || Repeats(buttons, "id"))
            return GraphRefusal.Of(131009, "Duplicate title or id of a button");

        return First(buttons, button =>
            SendChecks.Between("Button title", button.Word("title"), 1, 20) ?? SendChecks.Between("Button id", button.Word("id"), 1, 256));
    }

    private static GraphRefusal? Rows(JsonObject action)
    {
        var sections = Items(action, "sections").ToList();
        var rows = sections.SelectMany(section => section is JsonObject there ? Items(there, "rows") : []).ToList();
        if (sections.Count > 10 || rows.Count is < 1 or > 10)
            return GraphRefusal.Of(131009, "Total row count exceed max allowed count: 10");
        if (sections.Count > 1 && sections.Any(section => string.IsNullOrEmpty(section.Word("title"))))
            return SendChecks.Missing("section title");
        if (Repeats(rows, "id"))
            return GraphRefusal.Of(131009, "Duplicate id of a row");

        return SendChecks.Between("list button", action.Word("button"), 1, 20) ?? First(rows, row =>
            SendChecks.Between("Row title", row.Word("title"), 1, 24)
            ?? SendChecks.Between("Row id", row.Word("id"), 1, 200)
            ?? SendChecks.Between("Row description", row.Word("description"), 0, 72));
    }

    private static IEnumerable<JsonNode?> Items(JsonObject parent, string name) => parent[name] as JsonArray ?? [];

    private static bool Repeats(List<JsonNode?> items, string name) => items.Select(item => item.Word(name)).Distinct().Count() < items.Count;

    private static GraphRefusal? First(List<JsonNode?> items, Func<JsonNode?, GraphRefusal?> check) =>
        items.Select(check).FirstOrDefault(refusal => refusal is not null);
}
