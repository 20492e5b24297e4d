using FlowEngine.Tests.Ai;
using FlowEngine.Tests.Stores;

namespace FlowEngine.Tests.Journeys;

/// <summary>An AI reply through the real server: its process, its database, its provider and its model are all met over HTTP.</summary>
public abstract class AssistantJourney(DatabaseKind database) : IAsyncLifetime
{
    private const string Phone = "34600111222";
    private const string Key = "sk-journey-0123456789";
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo flows = Directory.CreateTempSubdirectory("flowengine-flows-");
    private ModelStub stub = null!;
    private ServerUnderTest server = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(flows.FullName, "ai.json"), AiBench.ReplyFlow(("knowledge", false)));
        stub = await ModelStub.Start();
        stub.Otherwise = Answers.Calls("answer", new { text = "Abrimos a las 9.", sources = Array.Empty<int>() });
        server = await ServerUnderTest.Start(flows.FullName, "ai", 1, database, new Dictionary<string, string>
        {
            ["FlowEngine__Ai__Endpoint"] = stub.Endpoint,
            ["FlowEngine__Ai__ApiKey"] = Key,
            ["FlowEngine__Ai__Model"] = "stub",
        });
        server.Provider.Sim.Join("Marta", Phone);
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        await stub.DisposeAsync();
        flows.Delete(recursive: true);
    }

    [SkippableFact]
    public async Task A_lead_is_answered_and_a_claim_while_the_model_thinks_turns_the_answer_into_a_suggestion()
    {
        server.Provider.Sim.Write(Phone, "¿A qué hora abrís?");
        await Heard(1);
        Texts().Should().Equal("Abrimos a las 9.");

        var gate = new TaskCompletionSource();
        stub.Then(Answers.Waits(gate.Task, Answers.Calls("answer", new { text = "Los sábados no.", sources = Array.Empty<int>() })));
        server.Provider.Sim.Write(Phone, "¿Y los sábados?");
        await stub.Arrival();
        await stub.Arrival();
        var id = (await server.Get("/api/conversations?tab=automated")).GetProperty("items")[0].GetProperty("id").GetString()!;
        await server.Post($"/api/conversations/{id}/claim", new { });
        gate.SetResult();
        await server.Until(async () => (await Notes(id)).Contains("Los sábados no."), Soon, "the suggestion");

        Texts().Should().Equal("Abrimos a las 9.");
        server.Output.Should().NotContain(Key).And.NotContain("abrís").And.NotContain("Abrimos");
    }

    [SkippableFact]
    [Trait("Category", "Long")]
    public async Task A_process_that_is_killed_while_the_model_thinks_answers_once_after_its_next_start()
    {
        stub.Then(Answers.Waits(new TaskCompletionSource().Task, Answers.Says("x")));
        server.Provider.Sim.Write(Phone, "¿A qué hora abrís?");
        await stub.Arrival();
        await server.Kill();
        await server.Run();
        await Heard(1);

        server.Provider.Sim.Write(Phone, "Gracias, ¿y mañana?");
        await Heard(2);
        Texts().Should().Equal("Abrimos a las 9.", "Abrimos a las 9.");
        stub.Requests.Should().HaveCount(3, "one was lost with the process, and each question was answered once");
    }

    private Task Heard(int count) => server.Until(() => Task.FromResult(Texts().Count >= count), Soon, $"message {count}; heard {string.Join(" | ", Texts())}");

    private List<string?> Texts() => [.. server.Provider.Sim.World.Messages(Phone).Where(b => !b.Mine).Select(b => b.Text)];

    private async Task<List<string?>> Notes(string id) =>
        [.. (await server.Get($"/api/conversations/{id}/messages")).GetProperty("items").EnumerateArray()
            .Where(m => m.GetProperty("direction").GetString() == "note" && m.GetProperty("author").GetString() == "ai")
            .Select(m => m.GetProperty("content").GetProperty("text").GetString())];
}

public sealed class AssistantJourneyTests() : AssistantJourney(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresAssistantJourneyTests() : AssistantJourney(DatabaseKind.Postgres);
