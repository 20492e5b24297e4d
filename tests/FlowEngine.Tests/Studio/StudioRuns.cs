using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using static FlowEngine.Tests.Studio.StudioCalls;

namespace FlowEngine.Tests.Studio;

/// <summary>Runs of leads, as the Studio's viewer finds them.</summary>
internal static class StudioRuns
{
    /// <summary>A published flow that asks, and a lead who is being asked.</summary>
    public static async Task<(Guid Conversation, string Instance)> Waiting(ApiHost host)
    {
        var model = Hello("ask");
        model["variables"] = JsonNode.Parse("""[{ "id": "v1", "name": "topic", "typeName": "String", "isArray": false, "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" }]""");
        model["root"] = JsonNode.Parse(
            """
            { "id": "Flowchart1", "type": "Elsa.Flowchart", "version": 1,
              "activities": [
                { "id": "start", "type": "FlowEngine.MessageReceived", "version": 1, "customProperties": { "canStartWorkflow": true } },
                { "id": "q", "name": "Ask", "type": "FlowEngine.AskQuestion", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "¿Cómo te llamas?" } } },
                { "id": "people", "type": "FlowEngine.HandOff", "version": 1, "department": { "typeName": "String", "expression": { "type": "Literal", "value": "sales" } } } ],
              "connections": [ { "source": { "activity": "start", "port": "Done" }, "target": { "activity": "q" } }, { "source": { "activity": "q", "port": "Answered" }, "target": { "activity": "people" } } ] }
            """);
        await host.As("admin").Save(model, publish: true);
        return await Wrote(host);
    }

    public static async Task<(Guid Conversation, string Instance)> Wrote(ApiHost host)
    {
        var conversation = await host.NewLead();
        await Write(host, "Hola", conversation);
        var found = await host.As("supervisor").Send("/workflow-instances", new JsonObject { ["correlationId"] = conversation.ToString() });
        return (conversation, found["items"]!.AsArray().Single()!["id"]!.ToString());
    }

    private static int written;

    /// <summary>The lead writes; when this returns the turn has committed.</summary>
    public static async Task Write(ApiHost host, string text, Guid conversation)
    {
        var id = host.Services.GetRequiredService<Engine.Ids>().Next();
        var message = new LeadMessage($"wamid.{Interlocked.Increment(ref written)}", host.Clock.GetUtcNow(), MessageContent.OfText(text));
        await host.Services.GetRequiredService<Intake>().Accept([new NewEvent(id, message.ProviderId, message) { ConversationId = conversation }], CancellationToken.None);

        // A command waits for its turn, and turns are in order.
        (await host.As("admin").PostAsJsonAsync($"/api/conversations/{conversation}/notes", new { text = "seen" })).EnsureSuccessStatusCode();
    }
}
