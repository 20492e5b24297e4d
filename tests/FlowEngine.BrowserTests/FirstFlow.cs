using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace FlowEngine.BrowserTests;

/// <summary>With which flow new leads of the demo connection begin.</summary>
internal static class FirstFlow
{
    /// <summary>Answers with the flow they began with before.</summary>
    public static async Task<string> Set(HttpClient machine, string flow, string? department)
    {
        var page = await machine.GetFromJsonAsync<JsonNode>("/api/connections");
        var demo = page!["items"]!.AsArray().Single(c => c!["key"]!.GetValue<string>() == "demo")!;
        var before = demo["flow"]!.GetValue<string>();
        using var answer = await machine.PutAsJsonAsync("/api/connections/demo", new
        {
            name = demo["name"]!.GetValue<string>(), kind = "whatsapp", flow, department, graphBaseUrl = demo["graphBaseUrl"]!.GetValue<string>(),
        });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return before;
    }
}
