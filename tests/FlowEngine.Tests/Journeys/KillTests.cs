using FlowEngine.WaSim.People;
using Xunit.Abstractions;
using FlowEngine.Tests.Stores;

namespace FlowEngine.Tests.Journeys;

/// <summary>
/// The process is killed again and again, at random moments, while leads talk with the bot and agents take some of them over. Afterwards
/// every lead has every answer once, in order, and no lead heard the bot after a person had taken over.
/// </summary>
public abstract class Kills(ITestOutputHelper console, DatabaseKind database, int conversations, int kills)
{
    /// <summary>
    /// FLOWENGINE_KILL_CONVERSATIONS, FLOWENGINE_KILLS and FLOWENGINE_KILL_SEED make it longer and repeat a run. The kills end before the leads
    /// do: an unknown send is repeated only after a while in which its status could have come, and no while is long enough between endless kills.
    /// </summary>
    [SkippableFact]
    public async Task A_process_that_is_killed_at_random_moments_loses_repeats_and_reorders_nothing()
    {
        var seed = Number("FLOWENGINE_KILL_SEED", 20261122);
        var leads = Number("FLOWENGINE_KILL_CONVERSATIONS", conversations);
        var most = Number("FLOWENGINE_KILLS", kills);
        console.WriteLine($"seed {seed}, {leads} conversations, at most {most} kills");
        var random = new Random(seed);
        await using var server = await ServerUnderTest.Start(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Flows"), "lead-turn", seed, database);
        var crowd = Enumerable.Range(0, leads).Select(i => new LeadTalk(server, i, takenOver: i % 6 == 5)).ToList();
        var talks = crowd.ConvertAll(lead => lead.Talk());
        var everybody = Task.WhenAll(talks);
        var killed = 0;
        while (!everybody.IsCompleted && killed < most)
        {
            await Task.WhenAny(everybody, Task.Delay(random.Next(100, 2500)));
            if (!everybody.IsCompleted)
            {
                await server.Kill();
                killed++;
                await server.Run();
            }
        }

        await everybody;
        console.WriteLine($"{killed} kills");
        server.Provider.Sim.World.Duplicates().Should().BeEmpty("no message may reach a phone twice");
        foreach (var lead in crowd)
        {
            lead.Verify();
        }
    }

    private static int Number(string variable, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : otherwise;
}

[Trait("Category", "Long")]
public sealed class KillTests(ITestOutputHelper console) : Kills(console, DatabaseKind.Sqlite, conversations: 24, kills: 6);

[Trait("Category", "Postgres")]
public sealed class PostgresKillTests(ITestOutputHelper console) : Kills(console, DatabaseKind.Postgres, conversations: 8, kills: 3);

/// <summary>One lead who answers each question once it has been asked; some are taken over by an agent in the middle.</summary>
internal sealed class LeadTalk(ServerUnderTest server, int index, bool takenOver)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly string phone = $"3460{index:D7}";
    private int heardAtClaim = -1;

    private string Name => $"Lead {index}";

    private string[] Questions =>
    [
        "Hola, ¿cómo te llamas?",
        $"Encantado, {Name}. ¿Qué necesitas? 1) Ventas 2) Soporte 3) Facturación",
        "Ventas: ¿cuál es tu presupuesto en euros?",
        $"Gracias, {Name}. Te paso con Ventas.",
    ];

    public async Task Talk()
    {
        server.Provider.Sim.Join(Name, phone);
        var words = new[] { "Hola", Name, "1", "1500" };
        for (var turn = 0; turn < words.Length; turn++)
        {
            server.Provider.Sim.Write(phone, words[turn]);
            if (takenOver && turn == 2)
            {
                await TakeOver();
                return;
            }

            await Hear(turn + 1);
        }
    }

    public void Verify()
    {
        var heard = Heard();
        if (!takenOver)
        {
            heard.Select(b => b.Text).Should().Equal(Questions, $"lead {index} hears every answer once and in order");
            return;
        }

        heard.Take(heardAtClaim).Select(b => b.Text).Should().Equal(Questions.Take(heardAtClaim), $"lead {index} heard the bot in order before the claim");
        heard.Skip(heardAtClaim).Select(b => b.Text).Should().Equal(["Soy una persona"], $"lead {index} hears only the person after the claim");
    }

    /// <summary>Claims, remembers what had been heard when the claim was answered and the wire was empty, and answers as a person.</summary>
    private async Task TakeOver()
    {
        var id = await FindConversation();
        var key = $"claim-{index}";
        await Insist(() => Post($"/api/conversations/{id}/claim", new { }, key));
        await server.Until(() => WireIsEmpty(id), Patience, $"lead {index}'s last bot message to settle");
        heardAtClaim = Heard().Count;
        await Insist(() => Post($"/api/conversations/{id}/messages", new { clientId = $"reply-{index}", text = "Soy una persona" }, null));
        await Hear(heardAtClaim + 1);
    }

    private async Task<string> FindConversation()
    {
        var id = "";
        await server.Until(
            async () =>
            {
                foreach (var tab in new[] { "automated", "waiting", "error" })
                {
                    var page = await server.Get($"/api/conversations?tab={tab}&q={phone}");
                    foreach (var item in page.GetProperty("items").EnumerateArray())
                    {
                        id = item.GetProperty("id").GetString()!;
                        return true;
                    }
                }

                return false;
            },
            Patience,
            $"lead {index}'s conversation");
        return id;
    }

    /// <summary>Nothing of the bot is released, called or unknown: what it said before the claim has arrived or was stopped.</summary>
    private async Task<bool> WireIsEmpty(string id)
    {
        var page = await server.Get($"/api/conversations/{id}/messages");
        return page.GetProperty("items").EnumerateArray().All(m => m.GetProperty("state").GetString() is not ("released" or "calling" or "unknown" or "queued"));
    }

    private async Task<bool> Post(string path, object body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = System.Net.Http.Json.JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        var response = await server.Http.SendAsync(request);
        return response.StatusCode is System.Net.HttpStatusCode.OK or System.Net.HttpStatusCode.Created or System.Net.HttpStatusCode.Accepted;
    }

    /// <summary>The desk's network is cut by the kill too: the same command again has one effect.</summary>
    private Task Insist(Func<Task<bool>> act) => server.Until(
        async () =>
        {
            try
            {
                return await act();
            }
            catch (Exception cut) when (cut is IOException or TaskCanceledException)
            {
                return false;
            }
        },
        Patience,
        $"lead {index}'s command");

    private Task Hear(int count) => server.Until(() => Task.FromResult(Heard().Count >= count), Patience, $"lead {index} to hear message {count}; heard {string.Join(" | ", Heard().Select(b => b.Text))}");

    private List<Bubble> Heard() => [.. server.Provider.Sim.World.Messages(phone).Where(b => !b.Mine)];
}
