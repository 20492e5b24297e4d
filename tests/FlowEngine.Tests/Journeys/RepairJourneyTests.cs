using System.Net.Http.Json;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.Json;
using FlowEngine.Tests.Stores;
using FlowEngine.Tests.Turns;
using FlowEngine.WaSim.Faults;

namespace FlowEngine.Tests.Journeys;

/// <summary>Each cause of an Error and each way out of it, over real HTTP and a real database, with the stand-in's misfortunes.</summary>
public abstract class RepairJourney(DatabaseKind database) : IAsyncLifetime
{
    private const string Phone = "34600111222";
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo flows = System.IO.Directory.CreateTempSubdirectory("flowengine-flows-");
    private ServerUnderTest server = null!;

    public async Task InitializeAsync()
    {
        // Ask, then a step that fails until the lead's field "cured" is set, then thanks.
        var script = TestFlows.Elsa("step", "Elsa.RunJavaScript");
        script["script"] = new JsonObject
        {
            ["typeName"] = "String",
            ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "if (lead.name === 'bucle') while (true) { } if (lead.name === 'roto' && !lead.cured) throw new Error('el CRM no contesta');" },
        };
        var flow = TestFlows.Chain(
            "repair", TestFlows.Trigger(), TestFlows.Node("ask", "AskQuestion", ("text", "¿Nombre?"), ("saveAs", "name")), script,
            TestFlows.Node("thanks", "SendMessage", ("text", "Gracias")), TestFlows.Node("again", "AskQuestion", ("text", "¿Algo más?"), ("saveAs", "more")));
        await File.WriteAllTextAsync(Path.Combine(flows.FullName, "repair.json"), flow);
        server = await ServerUnderTest.Start(flows.FullName, "repair", 3, database, new Dictionary<string, string>
        {
            ["FlowEngine__Turns__SendAttempts"] = "2",
            ["FlowEngine__Turns__UnknownWait"] = "00:00:01",
            ["FlowEngine__Turns__ProbeEvery"] = "00:00:02",
        });
        server.Provider.Sim.Join("Marta", Phone);
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        flows.Delete(recursive: true);
    }

    [SkippableFact]
    public async Task A_script_that_throws_is_repaired_by_retry_after_its_cause_is_gone()
    {
        var id = await Asked();
        server.Provider.Sim.Write(Phone, "roto");
        var incident = await InError(id, "automation");
        incident.GetProperty("cause").GetString().Should().Contain("el CRM no contesta");
        incident.GetProperty("evidence").GetString().Should().StartWith("step");
        incident.GetProperty("cure").GetString().Should().NotBeEmpty();
        incident.GetProperty("retryable").GetBoolean().Should().BeTrue();
        var broken = await server.Get($"/api/conversations/{id}");
        broken.GetProperty("owner").GetProperty("kind").GetString().Should().Be("flow");
        broken.GetProperty("waitingSince").ValueKind.Should().NotBe(JsonValueKind.Null);
        (await server.Get("/api/conversations/counts")).GetProperty("owingInError").GetInt32().Should().Be(1);
        (await server.Get("/api/conversations?tab=error&category=automation")).GetProperty("items").GetArrayLength().Should().Be(1);
        (await server.Get("/api/conversations?tab=error&category=auth")).GetProperty("items").GetArrayLength().Should().Be(0);

        await server.Post($"/api/conversations/{id}/fields", new { set = new { cured = "yes" } });
        await Repair(id, incident, "retry", new { });
        await Heard("¿Algo más?");
        await InTab(id, "automated");
        Texts().Should().Equal("¿Nombre?", "Gracias", "¿Algo más?");
        (await Verb(id, incident, "retry", new { })).StatusCode.Should().Be(HttpStatusCode.Conflict, "somebody has repaired it already");
    }

    [SkippableFact]
    public async Task A_script_over_its_limit_is_skipped()
    {
        var id = await Asked();
        server.Provider.Sim.Write(Phone, "bucle");
        var incident = await InError(id, "automation");
        await Repair(id, incident, "skip", new { });
        await Heard("¿Algo más?");
        await InTab(id, "automated");
    }

    [SkippableFact]
    public async Task A_message_refused_for_good_is_dismissed_with_a_reason_and_the_lead_is_people_s()
    {
        server.Provider.Sim.Faults.Add(new Fault(FaultStage.BeforeAccept, FaultKind.Error) { Code = 131026 });
        var id = await Writes();
        var incident = await InError(id, "recipient");
        incident.GetProperty("code").GetString().Should().Be("131026");
        (await Verb(id, incident, "dismiss", new { })).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity, "a reason is needed");
        await Repair(id, incident, "dismiss", new { reason = "lo llamo" });
        await InTab(id, "waiting");
        (await server.Get("/api/incidents?open=false&category=recipient")).GetProperty("items").GetArrayLength().Should().Be(1);
    }

    [SkippableFact]
    public async Task A_closed_window_heals_when_the_lead_writes()
    {
        server.Provider.Sim.Faults.Add(NamedFaults.All["window_closed"]);
        var id = await Writes();
        await InError(id, "window_closed");
        server.Provider.Sim.Write(Phone, "¿Hola?");
        await Heard("¿Nombre?");
        await InTab(id, "automated");
    }

    [SkippableFact]
    public async Task A_rejected_token_is_one_incident_and_a_new_token_sends_everything_that_waited()
    {
        server.Provider.Sim.Token = "another-token";
        server.Provider.Sim.Join("Luis", "34600333444");
        var first = await Writes();
        await InError(first, "auth");
        server.Provider.Sim.Write("34600333444", "Buenas");
        await server.Until(async () => (await server.Get("/api/conversations/counts")).GetProperty("error").GetInt32() == 2, Soon, "both to wait for the connection");
        var connection = (await server.Get("/api/connections")).GetProperty("items")[0];
        connection.GetProperty("paused").GetProperty("code").GetString().Should().Be("190");
        connection.GetProperty("paused").GetProperty("cure").GetString().Should().NotBeEmpty();

        var saved = await server.Http.PutAsJsonAsync("/api/connections/main", new
        {
            name = "Main", kind = "whatsapp", flow = "repair", accessToken = "another-token", department = (string?)null,
        });
        saved.IsSuccessStatusCode.Should().BeTrue(await saved.Content.ReadAsStringAsync());
        await server.Until(async () => (await server.Get("/api/conversations/counts")).GetProperty("automated").GetInt32() == 2, Soon, "both to go on");
        await Heard("¿Nombre?");
        await server.Until(
            async () => (await server.Get("/api/connections")).GetProperty("items")[0].GetProperty("paused").ValueKind == JsonValueKind.Null, Soon, "the pause to end");
    }

    [SkippableFact]
    public async Task An_outage_beyond_its_budget_pauses_the_connection_and_heals_by_itself()
    {
        var outage = server.Provider.Sim.Faults.Add(NamedFaults.All["provider_outage"]);
        var id = await Writes();
        var incident = await InError(id, "transient");
        incident.GetProperty("kind").GetString().Should().Be("Connection");
        server.Provider.Sim.Faults.Remove(outage);
        await Heard("¿Nombre?");
        await InTab(id, "automated");
    }

    [SkippableFact]
    public async Task An_unknown_send_is_repeated_only_with_the_word_that_it_may_arrive_twice()
    {
        server.Provider.Sim.Faults.Add(NamedFaults.All["server_error_without_body"]);
        var id = await Writes();
        var incident = await InError(id, "transient");
        incident.GetProperty("kind").GetString().Should().Be("UnknownSend");
        (await Verb(id, incident, "retry", new { })).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        await Repair(id, incident, "retry", new { mayDuplicate = true });
        await Heard("¿Nombre?");
        await InTab(id, "automated");
    }

    [SkippableFact]
    public async Task A_person_takes_over_from_error_and_the_bot_is_silent()
    {
        server.Provider.Sim.Faults.Add(new Fault(FaultStage.BeforeAccept, FaultKind.Error) { Code = 131026 });
        var id = await Writes();
        var incident = await InError(id, "recipient");
        await server.Post($"/api/conversations/{id}/claim", new { });
        await InTab(id, "waiting");
        (await Verb(id, incident, "retry", new { })).StatusCode.Should().Be(HttpStatusCode.Conflict);
        await server.Post($"/api/conversations/{id}/messages", new { clientId = "c1", text = "Hola, soy Ana" });
        await Heard("Hola, soy Ana");
        Texts().Should().Equal("Hola, soy Ana");
    }

    private async Task<string> Writes()
    {
        server.Provider.Sim.Write(Phone, "Hola");
        string? id = null;
        await server.Until(async () => (id = await Newest("error") ?? await Newest("automated")) is not null, Soon, "the conversation");
        return id!;
    }

    private async Task<string> Asked()
    {
        var id = await Writes();
        await Heard("¿Nombre?");
        return id;
    }

    private async Task<string?> Newest(string tab)
    {
        var items = (await server.Get($"/api/conversations?tab={tab}&q={Phone}")).GetProperty("items");
        return items.GetArrayLength() == 0 ? null : items[0].GetProperty("id").GetString();
    }

    private async Task<JsonElement> InError(string id, string category)
    {
        await InTab(id, "error");
        var incident = (await server.Get($"/api/conversations/{id}")).GetProperty("incidents").EnumerateArray().First(i => i.GetProperty("closedAt").ValueKind == JsonValueKind.Null);
        incident.GetProperty("category").GetString().Should().Be(category);
        return incident;
    }

    private Task<HttpResponseMessage> Verb(string id, JsonElement incident, string verb, object body) =>
        server.Http.PostAsJsonAsync($"/api/conversations/{id}/incidents/{incident.GetProperty("id").GetString()}/{verb}", body);

    private async Task Repair(string id, JsonElement incident, string verb, object body)
    {
        var answer = await Verb(id, incident, verb, body);
        answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
    }

    private Task Heard(string text) => server.Until(() => Task.FromResult(Texts().LastOrDefault() == text), Soon, $"'{text}'; heard {string.Join(" | ", Texts())}");

    private Task InTab(string id, string tab) => server.Until(
        async () => (await server.Get($"/api/conversations/{id}")).GetProperty("tab").GetString() == tab, Soon, $"the conversation to stand in {tab}");

    private List<string?> Texts() => [.. server.Provider.Sim.World.Messages(Phone).Where(b => !b.Mine).Select(b => b.Text)];
}

public sealed class RepairJourneyTests() : RepairJourney(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresRepairJourneyTests() : RepairJourney(DatabaseKind.Postgres);
