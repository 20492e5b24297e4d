using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FlowEngine.Tests.Api;
using static FlowEngine.Tests.Studio.StudioCalls;

namespace FlowEngine.Tests.Studio;

/// <summary>What who publishes is told, and in which language.</summary>
public sealed class RefusedPublishTests
{
    [Theory]
    [InlineData("es-MX,es;q=0.9", "es una máquina de estados")]
    [InlineData("pt-BR", "é uma máquina de estados")]
    [InlineData("de", "is a state machine")]
    [InlineData(null, "is a state machine")]
    public async Task A_state_machine_as_the_Studio_makes_it_stays_a_draft_and_why_is_said_in_the_readers_language(string? wanted, string words)
    {
        await using var host = await ApiHost.Start();
        var admin = In(host, wanted);
        var machine = Hello(null);
        machine["root"] = JsonNode.Parse("""{ "id": "m", "name": "Ventas", "type": "Elsa.StateMachine", "version": 1, "states": [], "transitions": [] }""");
        var draft = await admin.Save(machine);

        var refused = await admin.TrySend("/workflow-definitions", Saving(draft, publish: true));

        ((int)refused.StatusCode, (await Messages(refused)).Single()).Should().Match<(int Status, string Message)>(r => r.Status == 400 && r.Message.Contains(words) && r.Message.Contains("Ventas"));
        var kept = await admin.Read($"/workflow-definitions/by-definition-id/{draft["definitionId"]}");
        (kept["root"]!["missingTypeName"]!.ToString(), kept["isPublished"]!.GetValue<bool>()).Should().Be(("Elsa.StateMachine", false));
    }

    [Fact]
    public async Task A_state_machine_within_a_flow_is_refused_too()
    {
        await using var host = await ApiHost.Start();
        var model = Hello("mixed");
        model["root"]!["activities"]![1] = JsonNode.Parse("""{ "id": "a2", "name": "Steps", "type": "Elsa.StateMachine", "version": 1, "states": [ { "id": "s", "name": "Open" } ], "transitions": [] }""");

        (await Messages(await host.As("admin").TrySend("/workflow-definitions", Saving(model, publish: true)))).Should().ContainSingle().Which.Should().StartWith("'Steps' is a state machine");
    }

    [Fact]
    public async Task What_the_reader_finds_and_the_warnings_speak_the_readers_language_and_programs_get_words_and_values()
    {
        await using var host = await ApiHost.Start();
        var model = Hello("odd");
        model["root"]!["activities"]!.AsArray().Add(JsonNode.Parse("""{ "id": "lost", "name": "Perdido", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Perl", "value": "1" } } }"""));

        var answer = await ApiHost.Json(await In(host, "es").PostAsJsonAsync("/api/flows/validate", model));

        var findings = answer.GetProperty("findings").EnumerateArray().ToDictionary(f => f.GetProperty("code").GetString()!);
        findings["unreachable"].GetProperty("message").GetString().Should().Be("Nada lleva a «Perdido»: nunca se ejecuta.");
        findings["unreachable"].GetProperty("values").EnumerateArray().Select(v => v.GetString()).Should().Equal("Perdido");
        findings["reader"].GetProperty("message").GetString().Should().StartWith("Actividad «Perdido»: tipo de expresión desconocido «Perl»").And.EndWith(".text)");
    }

    private static HttpClient In(ApiHost host, string? language)
    {
        var client = host.As("admin");
        if (language is not null)
        {
            client.DefaultRequestHeaders.Add("Accept-Language", language);
        }

        return client;
    }
}
