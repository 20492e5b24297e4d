using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using FlowEngine.Tests.Stores;
using Npgsql;
using Xunit.Abstractions;

namespace FlowEngine.Tests.Journeys;

/// <summary>One of two nodes dies, stalls, leaves, or is deaf, in the middle of many conversations.</summary>
[Trait("Category", "Postgres")]
public sealed class NodeLossTests(ITestOutputHelper console)
{
    private static readonly string Flows = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Flows");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [SkippableFact]
    public async Task A_node_that_dies_or_stalls_in_the_middle_of_conversations_loses_repeats_and_reorders_nothing()
    {
        await using var server = await Start(seed: 20261125);
        var random = new Random(20261125);
        var crowd = Crowd(server, 24);
        var everybody = Task.WhenAll(crowd.Select(lead => lead.Talk()).ToList());
        for (var blow = 0; blow < 4 && !everybody.IsCompleted; blow++)
        {
            await Task.WhenAny(everybody, Task.Delay(random.Next(200, 1500)));
            var victim = server.Nodes[blow % 2];
            if (blow < 2)
            {
                await victim.Kill();
                await Task.WhenAny(everybody, Task.Delay(random.Next(500, 8000)));
                await server.Run(victim);
            }
            else
            {
                // Longer than its lease: the other node takes over, and what this one still wants to write afterwards must be refused.
                await victim.Pause();
                await Task.WhenAny(everybody, Task.Delay(random.Next(8000, 10000)));
                await victim.Resume();
            }
        }

        await everybody;
        server.Provider.Sim.World.Duplicates().Should().BeEmpty("no message may reach a phone twice");
        crowd.ForEach(lead => lead.Verify());
    }

    [SkippableFact]
    public async Task The_other_node_goes_on_with_what_a_dead_one_held()
    {
        await using var server = await Start(seed: 3);
        server.Provider.Sim.Callbacks.Url = new Uri(server.Nodes[0].Address, "/webhooks/whatsapp/main");
        server.Provider.Sim.Join("Marta", "34600000001");
        server.Provider.Sim.Write("34600000001", "Hola");
        await Hears(server, "34600000001", 1);

        // What the dead one had accepted and not turned: an event under its lease.
        await server.Nodes[0].Pause();
        await Hold(server);
        await server.Nodes[0].Kill();
        var clock = Stopwatch.StartNew();
        server.Provider.Sim.Callbacks.Url = new Uri(server.Nodes[1].Address, "/webhooks/whatsapp/main");
        server.Provider.Sim.Write("34600000001", "Marta");
        await Hears(server, "34600000001", 2);
        console.WriteLine($"Taken over and answered {clock.ElapsedMilliseconds} ms after the kill.");
    }

    [SkippableFact]
    public async Task A_node_that_leaves_costs_nobody_an_error_and_its_conversations_go_on_at_once()
    {
        await using var server = await Start(seed: 4);
        await using var live = await LiveEvents.Of(server.Nodes[0].Http);
        var crowd = Crowd(server, 12);
        var everybody = Task.WhenAll(crowd.Select(lead => lead.Talk()).ToList());
        await Task.WhenAny(everybody, Task.Delay(500));

        var clock = Stopwatch.StartNew();
        var left = server.Nodes[0].Leave();
        await server.Until(async () => (await server.Nodes[0].Http.GetAsync("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable, Patience, "the node not to be ready");
        console.WriteLine($"Not ready {clock.ElapsedMilliseconds} ms after the signal.");
        (await left).Should().Be(0);
        console.WriteLine($"Ended {clock.ElapsedMilliseconds} ms after the signal.");
        live.HasEnded.Should().BeTrue();

        await everybody;
        crowd.ForEach(lead => lead.Verify());
        server.Entrance!.Errors.Should().BeEmpty("a deployment shows no error of API or webhook");
        (await Leases(server, "node-a")).Should().Be(0, "what it held was given back");
    }

    [SkippableFact]
    public async Task Losing_every_notification_loses_nothing()
    {
        var database = await TestDatabase.Create(DatabaseKind.Postgres, empty: true);
        await using (var deaf = NpgsqlDataSource.Create(database.ConnectionString!))
        {
            // What the nodes say is swallowed before it becomes a notification.
            await using var swallow = deaf.CreateCommand(
                """
                CREATE FUNCTION public.pg_notify(text, text) RETURNS void LANGUAGE sql AS 'SELECT';
                DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = public, pg_catalog', current_database()); END $$;
                """);
            await swallow.ExecuteNonQueryAsync();
        }

        await using var server = await ServerUnderTest.Start(Flows, "lead-turn", 5, nodes: 2, prepared: database);
        var crowd = Crowd(server, 12);
        await Task.WhenAll(crowd.Select(lead => lead.Talk()).ToList());
        crowd.ForEach(lead => lead.Verify());

        await ServerUnderTest.Post(server.Nodes[0].Http, "/api/connections", new { key = "otra", name = "Otra", kind = "whatsapp", verifyToken = "other-verify" });
        await server.Until(
            async () => await server.Nodes[1].Http.GetAsync("/webhooks/whatsapp/otra?hub.mode=subscribe&hub.challenge=1&hub.verify_token=other-verify") is { IsSuccessStatusCode: true },
            Patience,
            "the other node to find the new connection by looking");
    }

    [SkippableFact]
    public async Task A_node_that_only_serves_http_leaves_the_turns_to_the_others()
    {
        await using var server = await Start(seed: 6, rolesOfFirst: "web");
        server.Provider.Sim.Callbacks.Url = new Uri(server.Nodes[0].Address, "/webhooks/whatsapp/main");
        server.Provider.Sim.Join("Marta", "34600000001");
        server.Provider.Sim.Write("34600000001", "Hola");
        await Hears(server, "34600000001", 1);

        var id = (await server.Get("/api/conversations?tab=automated")).GetProperty("items")[0].GetProperty("id").GetString();
        var claim = await server.Nodes[0].Http.PostAsJsonAsync($"/api/conversations/{id}/claim", new { });
        claim.StatusCode.Should().Be(HttpStatusCode.OK, "the worker was told of the command, and the web node of its outcome");
        (await Leases(server, "node-a")).Should().Be(0);
    }

    private static async Task<ServerUnderTest> Start(int seed, string? rolesOfFirst = null) =>
        await ServerUnderTest.Start(Flows, "lead-turn", seed, DatabaseKind.Postgres, nodes: 2, rolesOfFirst: rolesOfFirst);

    private static List<LeadTalk> Crowd(ServerUnderTest server, int leads) => [.. Enumerable.Range(0, leads).Select(i => new LeadTalk(server, i, takenOver: i % 6 == 5))];

    private static Task Hears(ServerUnderTest server, string phone, int count) =>
        server.Until(() => Task.FromResult(server.Provider.Sim.World.Messages(phone).Count(b => !b.Mine) >= count), Patience, $"{phone} to hear {count} messages");

    /// <summary>The first node held all mailboxes when it died.</summary>
    private static async Task Hold(ServerUnderTest server)
    {
        await using var database = NpgsqlDataSource.Create(server.ConnectionString!);
        await using var hold = database.CreateCommand("UPDATE mailbox SET lease_node = (SELECT id FROM node WHERE id LIKE 'node-a%')");
        await hold.ExecuteNonQueryAsync();
    }

    private static async Task<long> Leases(ServerUnderTest server, string node)
    {
        await using var database = NpgsqlDataSource.Create(server.ConnectionString!);
        await using var count = database.CreateCommand($"SELECT count(*) FROM mailbox WHERE lease_node LIKE '{node}%'");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
