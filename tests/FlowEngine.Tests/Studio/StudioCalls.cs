using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FlowEngine.Tests.Api;

namespace FlowEngine.Tests.Studio;

/// <summary>Calls as the Studio makes them.</summary>
internal static class StudioCalls
{
    public const string Root = "/elsa/api";

    /// <summary>A flow that waits for a lead and answers.</summary>
    public static JsonObject Hello(string? definitionId = null, string text = "Hola") => (JsonObject)JsonNode.Parse(
        $$"""
        {
          "id": null, "definitionId": {{(definitionId is null ? "null" : $"\"{definitionId}\"")}}, "name": "Hello", "description": "Says hello", "version": 1, "toolVersion": "3.8.0.0",
          "createdAt": "0001-01-01T00:00:00+00:00", "variables": null, "inputs": null, "outputs": null, "outcomes": null, "customProperties": null, "options": null, "links": null,
          "root": { "id": "Flowchart1", "type": "Elsa.Flowchart", "version": 1, "name": "Flowchart1",
            "activities": [
              { "id": "a1", "type": "FlowEngine.MessageReceived", "version": 1, "name": "Start", "customProperties": { "canStartWorkflow": true }, "metadata": { "designer": { "position": { "x": 1, "y": 2 } } } },
              { "id": "a2", "type": "FlowEngine.SendMessage", "version": 1, "name": "Say", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "{{text}}" } } },
              { "id": "a3", "type": "FlowEngine.HandOff", "version": 1, "name": "People", "department": { "typeName": "String", "expression": { "type": "Literal", "value": "sales" } } } ],
            "connections": [
              { "source": { "activity": "a1", "port": "Done" }, "target": { "activity": "a2", "port": "In" } },
              { "source": { "activity": "a2", "port": "Done" }, "target": { "activity": "a3", "port": "In" }, "vertices": [ { "x": 3, "y": 4 } ] } ] }
        }
        """)!;

    public static async Task<JsonObject> Read(this HttpClient client, string path)
    {
        var answer = await client.GetAsync(Root + path);
        return await Success(answer);
    }

    public static async Task<JsonObject> Send(this HttpClient client, string path, JsonNode body) => await Success(await client.PostAsJsonAsync(Root + path, body));

    public static Task<HttpResponseMessage> TrySend(this HttpClient client, string path, JsonNode body) => client.PostAsJsonAsync(Root + path, body);

    /// <summary>Saves a model, and answers the definition that the editor goes on with.</summary>
    public static async Task<JsonObject> Save(this HttpClient client, JsonNode model, bool publish = false) =>
        (JsonObject)(await client.Send("/workflow-definitions", Saving(model, publish)))["workflowDefinition"]!.DeepClone();

    public static JsonObject Saving(JsonNode model, bool? publish = null) => new() { ["model"] = model.DeepClone(), ["publish"] = publish };

    public static string[] Rels(JsonNode? links) => [.. links!.AsArray().Select(l => l!["rel"]!.GetValue<string>())];

    public static async Task<string[]> Messages(HttpResponseMessage refused) =>
        [.. (await ApiHost.Json(refused)).GetProperty("errors").EnumerateObject().SelectMany(e => e.Value.EnumerateArray()).Select(m => m.GetString()!)];

    private static async Task<JsonObject> Success(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue($"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri} gave {(int)answer.StatusCode}: {text}");
        return (JsonObject)JsonNode.Parse(text)!;
    }
}
