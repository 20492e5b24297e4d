using System.Net.Http.Json;
using System.Text.Json;

namespace FlowEngine.Tests.Journeys;

/// <summary>A journey whose words, numbers and secrets are marked, with the logs at Debug.</summary>
public sealed class LogTests
{
    private const string Word = "zanahoria7731";
    private const string Phone = "34699887766";
    private const string Mail = "marca7731@example.com";
    private const string Secret = "contraseña-secreta-7731";

    [Fact]
    public async Task No_line_at_any_level_from_debug_up_holds_what_people_say_who_they_are_or_a_secret()
    {
        await using var server = await ServerUnderTest.Start(
            Path.Combine(AppContext.BaseDirectory, "Fixtures", "Flows"), "lead-turn", 5, more: new Dictionary<string, string> { ["Logging__LogLevel__Default"] = "Debug", ["Logging__LogLevel__Microsoft.AspNetCore"] = "Debug" });
        server.Provider.Sim.Join(Word, Phone);
        server.Provider.Sim.Write(Phone, $"Hola {Word}");
        await server.Until(async () => (await server.Get("/api/conversations/counts")).GetProperty("automated").GetInt32() == 1, TimeSpan.FromMinutes(2), "the flow to answer");
        var id = (await server.Get($"/api/conversations?tab=automated&q={Phone}")).GetProperty("items")[0].GetProperty("id").GetString();
        await server.Post($"/api/conversations/{id}/messages", new { clientId = "c1", text = $"Buenas, {Word}" });
        await server.Post($"/api/conversations/{id}/fields", new { set = new { email = Mail } });
        await server.Post("/api/leads", new { connection = "main", contact = new { name = Word, phone = "+34699887755", email = Mail }, source = "form" });
        await server.Http.GetAsync($"/webhooks/whatsapp/main?hub.mode=subscribe&hub.verify_token={Word}&hub.challenge=1");
        await server.Http.PostAsJsonAsync("/api/leads", new { connection = "main", contact = new { name = Word, phone = Phone + "x" } });
        await server.Http.PostAsync("/account/login", new FormUrlEncodedContent([new("email", Mail), new("password", Secret)]));
        await server.Http.PostAsync($"/api/conversations/{id}/notes", new StringContent($"{{\"text\": \"{Word}", null, "application/json"));

        var lines = server.Output.Split('\n');

        lines.Count(l => l.Contains("\"LogLevel\":\"Debug\"", StringComparison.Ordinal)).Should().BePositive("otherwise this says nothing");
        string[] marks = [Word, Phone, "34699887755", Mail, Secret, "journey-key-0123456789abcdef", "journey-secret", "journey-verify", "journey-token", "journey-password"];
        lines.Where(l => marks.Any(m => l.Contains(m, StringComparison.OrdinalIgnoreCase))).Should().BeEmpty();
        lines.Where(l => l.StartsWith('{')).All(IsStructured).Should().BeTrue();
    }

    private static bool IsStructured(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.TryGetProperty("Timestamp", out _) && json.RootElement.TryGetProperty("Category", out _) && json.RootElement.TryGetProperty("LogLevel", out _);
    }
}
