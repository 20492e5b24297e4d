using FlowEngine.Tests.Stores;
using FlowEngine.Tests.Turns;
using FlowEngine.WaSim.Faults;

namespace FlowEngine.Tests.Journeys;

/// <summary>Two nodes on one PostgreSQL, started when the first test needs them. Each test brings leads of its own.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    public static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);

    // Long enough that what a bubble waits for is the provider's answer, and never its report.
    private static readonly TimeSpan Reports = TimeSpan.FromSeconds(4);

    private readonly string flows = Directory.CreateTempSubdirectory("flowengine-flows-").FullName;
    private ServerUnderTest? server;
    private int leads;

    public NodeUnderTest A => server!.Nodes[0];

    public NodeUnderTest B => server!.Nodes[1];

    public ServerUnderTest Server => server!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(flows, recursive: true);
    }

    /// <summary>Skips the test where there is no PostgreSQL.</summary>
    public async Task Begin()
    {
        if (server is not null)
        {
            return;
        }

        await File.WriteAllTextAsync(Path.Combine(flows, "bubbles.json"), Bubbles);
        await File.WriteAllTextAsync(Path.Combine(flows, "patient.json"), Patient);
        server = await ServerUnderTest.Start(flows, null, 1, DatabaseKind.Postgres, nodes: 2, statusesAfter: Reports);
    }

    public string NewLead()
    {
        var phone = $"34611{Interlocked.Increment(ref leads):D6}";
        server!.Provider.Sim.Join($"Lead {phone}", phone);
        return phone;
    }

    /// <summary>The lead writes, and the provider delivers it to this node.</summary>
    public void Write(string phone, string text, NodeUnderTest? to = null)
    {
        server!.Provider.Sim.Callbacks.Url = new Uri(to?.Address ?? server.Entrance!.Address, "/webhooks/whatsapp/main");
        server.Provider.Sim.Write(phone, text);
    }

    /// <summary>The provider takes this lead's next message at once and answers only after a while, so that the node keeps the conversation meanwhile.</summary>
    public void AnswersLate(string phone, TimeSpan wait) =>
        server!.Provider.Sim.Faults.Add(new Fault(FaultStage.AfterAccept, FaultKind.Slow, Person: phone) { Wait = wait });

    public List<string?> Heard(string phone) => [.. server!.Provider.Sim.World.Messages(phone).Where(b => !b.Mine).Select(b => b.Text)];

    public Task Hears(string phone, params string[] texts) =>
        server!.Until(() => Task.FromResult(Heard(phone).Count >= texts.Length), Soon, $"{texts.Length} messages at {phone}; heard {string.Join(" | ", Heard(phone))}");

    /// <summary>The conversation of a lead who has written.</summary>
    public async Task<string> Conversation(string phone)
    {
        var id = "";
        await server!.Until(
            async () =>
            {
                foreach (var tab in new[] { "automated", "waiting", "open", "error" })
                {
                    foreach (var item in (await server.Get($"/api/conversations?tab={tab}&q={phone}")).GetProperty("items").EnumerateArray())
                    {
                        id = item.GetProperty("id").GetString()!;
                        return true;
                    }
                }

                return false;
            },
            Soon,
            $"{phone}'s conversation");
        return id;
    }

    private static string Bubbles => TestFlows.Chain(
        "bubbles",
        TestFlows.TriggerBy("burbujas"),
        TestFlows.Node("one", "SendMessage", ("text", "uno")),
        TestFlows.Node("two", "SendMessage", ("text", "dos")),
        TestFlows.Node("three", "SendMessage", ("text", "tres")),
        TestFlows.Node("ask", "AskQuestion", ("text", "¿Sigues ahí?"), ("saveAs", "there")));

    private static string Patient => TestFlows.Flow(
        "patient",
        [
            TestFlows.TriggerBy("paciencia"),
            TestFlows.Node("ask", "AskQuestion", ("text", "¿Tu nombre?"), ("saveAs", "name"), ("timeout", "00:00:03")),
            TestFlows.Node("thanks", "SendMessage", ("text", "Gracias")),
            TestFlows.Node("late", "SendMessage", ("text", "Se acabó el tiempo")),
        ],
        ("start", "Done", "ask"), ("ask", "Answered", "thanks"), ("ask", "Timeout", "late"));
}
