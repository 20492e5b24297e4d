using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace FlowEngine.BrowserTests;

/// <summary>A lead with no phone in front of it: it writes by the interface of the WhatsApp stand-in.</summary>
internal sealed class LeadByApi(HttpClient machine, string id)
{
    public string Id => id;

    public static async Task<LeadByApi> Join(HttpClient machine, string name)
    {
        using var joined = await machine.PostAsJsonAsync("/wasim/api/people", new { name });
        return new LeadByApi(machine, (await joined.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<string>());
    }

    /// <summary>One message after the other: the next is written when the server has taken the one before, since webhooks of the same moment come in any order.</summary>
    public async Task Say(params IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            using var written = await machine.PostAsJsonAsync($"/wasim/api/people/{id}/messages", new { text });
            var message = (await written.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<string>();
            var deadline = TimeProvider.System.GetUtcNow().AddMinutes(1);
            while (await StatusOf(message) != "delivered")
            {
                (TimeProvider.System.GetUtcNow() < deadline).Should().BeTrue($"\"{text}\" arrives");
                await Task.Delay(10);
            }
        }
    }

    private async Task<string> StatusOf(string message)
    {
        var all = (await machine.GetFromJsonAsync<JsonArray>($"/wasim/api/people/{id}/messages"))!;
        return all.Single(one => one!["id"]!.GetValue<string>() == message)!["status"]!.GetValue<string>();
    }
}
