using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlowEngine.Tests.Stores;

namespace FlowEngine.Tests.Journeys;

/// <summary>The main job over real HTTP and a real database: the server in its own process, the provider's stand-in, the REST API.</summary>
public abstract class LeadJourney(DatabaseKind database) : IAsyncLifetime
{
    private const string Phone = "34600111222";
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);
    private ServerUnderTest server = null!;

    public async Task InitializeAsync() => server = await ServerUnderTest.Start(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Flows"), "lead-turn", 1, database);

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task A_lead_from_a_form_writes_is_qualified_handed_off_answered_transferred_finalized_and_comes_back()
    {
        var created = await server.Post("/api/leads", new { connection = "main", contact = new { name = "Marta", phone = "+34600111222" }, source = "form", fields = new { campaign = "otoño" } });
        var id = created.GetProperty("conversationId").GetString()!;
        await InTab(id, "notStarted");

        server.Provider.Sim.Join("Marta", Phone);
        await Say("Hola", "Hola, ¿cómo te llamas?");
        await InTab(id, "automated");
        await Say("Marta", "Encantado, Marta. ¿Qué necesitas? 1) Ventas 2) Soporte 3) Facturación");
        await Say("9", "Elige 1, 2 o 3.");
        await Say("2", "Soporte: ¿cuál es tu presupuesto en euros?");
        await Say("1.500 €", "Gracias, Marta. Te paso con Soporte.");
        await InTab(id, "waiting");

        var handed = await server.Get($"/api/conversations/{id}");
        handed.GetProperty("department").GetString().Should().Be("soporte");
        handed.GetProperty("owner").GetProperty("kind").GetString().Should().Be("queue");

        var claimed = await server.Post($"/api/conversations/{id}/claim", new { expectedEpoch = handed.GetProperty("epoch").GetInt64() });
        claimed.GetProperty("tab").GetString().Should().Be("waiting", "a claim without a reply stays in Waiting");
        await server.Post($"/api/conversations/{id}/messages", new { clientId = "c1", text = "Hola Marta, soy de soporte" });
        await server.Post($"/api/conversations/{id}/messages", new { clientId = "c1", text = "Hola Marta, soy de soporte" });
        await InTab(id, "open");
        await Heard("Hola Marta, soy de soporte");

        await server.Post($"/api/conversations/{id}/transfer", new { department = "ventas" });
        await InTab(id, "open");
        await server.Post($"/api/conversations/{id}/finalize", new { reason = "resuelto" });
        await InTab(id, "finished");

        server.Provider.Sim.Write(Phone, "Una cosa más");
        await server.Until(async () => (await server.Get($"/api/conversations/{id}")).GetProperty("episode").GetInt32() == 2, Soon, "a new episode");
        (await server.Get($"/api/conversations/{id}")).GetProperty("tab").GetString().Should().Be("automated", "a key is not staff that it could go back to, so the flow begins again");
        Texts().Count(t => t == "Hola Marta, soy de soporte").Should().Be(1, "the same client id twice is one message");
    }

    [SkippableFact]
    public async Task A_template_for_a_lead_of_a_form_goes_to_the_number_that_was_typed_and_its_answer_comes_back_to_the_same_conversation()
    {
        var created = await server.Post("/api/leads", new { connection = "main", contact = new { name = "Marta", phone = "+34 600 111 222" }, source = "form" });
        var id = created.GetProperty("conversationId").GetString()!;
        await server.Post($"/api/conversations/{id}/messages", new { clientId = "t1", template = new { name = "aviso", language = "es" } });
        await server.Until(() => Task.FromResult(server.Provider.Sim.World.Find(Phone) is not null), Soon, "the template at the typed number, not in the business's own country");

        server.Provider.Sim.Write(Phone, "Sí, dime");
        await server.Until(async () => (await server.Get($"/api/conversations/{id}/messages")).GetProperty("items").GetArrayLength() == 2, Soon, "the answer in the same conversation");
    }

    [SkippableFact]
    public async Task The_story_of_a_conversation_names_every_change_of_owner_and_tab()
    {
        server.Provider.Sim.Join("Marta", Phone);
        await Say("Hola", "Hola, ¿cómo te llamas?");
        var id = (await server.Get("/api/conversations?tab=automated")).GetProperty("items")[0].GetProperty("id").GetString()!;
        await server.Post($"/api/conversations/{id}/claim", new { });
        await server.Post($"/api/conversations/{id}/finalize", new { });
        var kinds = (await server.Get($"/api/conversations/{id}/history")).GetProperty("items").EnumerateArray().Select(h => h.GetProperty("kind").GetString()).ToList();
        kinds.Should().Contain(["created", "leadWrote", "flowStarted", "claimed", "finalized", "tabChanged"]);
    }

    [SkippableFact]
    public async Task A_delivery_with_a_wrong_signature_is_refused_and_leaves_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/whatsapp/main") { Content = JsonContent.Create(new { @object = "whatsapp_business_account" }) };
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + new string('0', 64));
        (await server.Http.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await server.Get("/api/conversations/counts")).GetProperty("waiting").GetInt32().Should().Be(0);
    }

    [SkippableFact]
    public async Task A_lost_claim_answers_409_and_names_the_owner()
    {
        server.Provider.Sim.Join("Marta", Phone);
        await Say("Hola", "Hola, ¿cómo te llamas?");
        var id = (await server.Get("/api/conversations?tab=automated")).GetProperty("items")[0].GetProperty("id").GetString()!;
        var response = await server.Http.PostAsJsonAsync($"/api/conversations/{id}/claim", new { expectedEpoch = 0 });
        response.StatusCode.Should().Be(HttpStatusCode.Conflict);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("owner").GetProperty("kind").GetString().Should().Be("flow");
    }

    private async Task Say(string words, string answer)
    {
        server.Provider.Sim.Write(Phone, words);
        await Heard(answer);
    }

    private Task Heard(string text) => server.Until(() => Task.FromResult(Texts().LastOrDefault() == text), Soon, $"'{text}'; heard {string.Join(" | ", Texts())}");

    private Task InTab(string id, string tab) => server.Until(
        async () => (await server.Get($"/api/conversations/{id}")).GetProperty("tab").GetString() == tab, Soon, $"the conversation to stand in {tab}");

    private List<string?> Texts() => [.. server.Provider.Sim.World.Messages(Phone).Where(b => !b.Mine).Select(b => b.Text)];
}

public sealed class LeadJourneyTests() : LeadJourney(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresLeadJourneyTests() : LeadJourney(DatabaseKind.Postgres);
