using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace FlowEngine.Tests.Journeys;

/// <summary>What two equal nodes on one PostgreSQL must do together, each in a process of its own.</summary>
[Trait("Category", "Postgres")]
public sealed class TwoNodesTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private static readonly string[] AllBubbles = ["uno", "dos", "tres", "¿Sigues ahí?"];

    [SkippableFact]
    public async Task Of_two_people_who_claim_at_once_on_different_nodes_one_wins_and_the_other_is_told_who()
    {
        await nodes.Begin();
        using var second = new HttpClient { BaseAddress = nodes.B.Address };
        second.DefaultRequestHeaders.Add("Authorization", $"ApiKey {ServerUnderTest.SecondKey}");
        for (var i = 0; i < 8; i++)
        {
            var lead = nodes.NewLead();
            nodes.Write(lead, "burbujas");
            await nodes.Hears(lead, AllBubbles);
            var id = await nodes.Conversation(lead);
            var epoch = (await nodes.Server.Get($"/api/conversations/{id}")).GetProperty("epoch").GetInt64();

            var claims = await Task.WhenAll(
                nodes.A.Http.PostAsJsonAsync($"/api/conversations/{id}/claim", new { expectedEpoch = epoch }),
                second.PostAsJsonAsync($"/api/conversations/{id}/claim", new { expectedEpoch = epoch }));

            claims.Select(c => c.StatusCode).Should().BeEquivalentTo([HttpStatusCode.OK, HttpStatusCode.Conflict]);
            var lost = await claims.Single(c => c.StatusCode == HttpStatusCode.Conflict).Content.ReadFromJsonAsync<JsonElement>();
            lost.GetProperty("owner").GetProperty("name").GetString().Should().Be(claims[0].IsSuccessStatusCode ? "journey" : "second");
        }
    }

    [SkippableFact]
    public async Task A_first_message_that_is_delivered_to_both_nodes_at_once_makes_one_lead_one_conversation_and_one_answer()
    {
        await nodes.Begin();
        var leads = Enumerable.Range(0, 12).Select(_ => nodes.NewLead()).ToList();
        nodes.Server.Entrance!.ToAll = true;
        leads.ForEach(lead => nodes.Write(lead, "burbujas"));
        foreach (var lead in leads)
        {
            await nodes.Hears(lead, AllBubbles);
        }

        nodes.Server.Entrance.ToAll = false;
        foreach (var lead in leads)
        {
            nodes.Heard(lead).Should().Equal(AllBubbles);
            var found = await nodes.Server.Get($"/api/conversations?tab=automated&q={lead}");
            found.GetProperty("items").GetArrayLength().Should().Be(1, "one lead has one conversation");
            var messages = await nodes.Server.Get($"/api/conversations/{await nodes.Conversation(lead)}/messages");
            messages.GetProperty("items").EnumerateArray().Count(m => m.GetProperty("direction").GetString() == "in").Should().Be(1);
        }
    }

    [SkippableFact]
    public async Task A_timer_that_both_nodes_see_fires_once()
    {
        await nodes.Begin();
        var leads = Enumerable.Range(0, 12).Select(_ => nodes.NewLead()).ToList();
        leads.ForEach(lead => nodes.Write(lead, "paciencia"));
        foreach (var lead in leads)
        {
            await nodes.Hears(lead, "¿Tu nombre?", "Se acabó el tiempo");
        }

        leads.Should().AllSatisfy(lead => nodes.Heard(lead).Should().Equal("¿Tu nombre?", "Se acabó el tiempo"));
    }

    [SkippableFact]
    public async Task A_claim_on_one_node_stops_the_bot_on_the_other_and_names_what_it_stopped()
    {
        await nodes.Begin();
        var lead = nodes.NewLead();
        nodes.AnswersLate(lead, TimeSpan.FromSeconds(2));
        nodes.Write(lead, "burbujas", to: nodes.A);
        await nodes.Hears(lead, "uno");
        var id = await nodes.Conversation(lead);

        var claim = await nodes.B.Http.PostAsJsonAsync($"/api/conversations/{id}/claim", new { });
        var text = await claim.Content.ReadAsStringAsync();
        claim.StatusCode.Should().Be(HttpStatusCode.OK, $"the node that holds the conversation was told, and its outcome came back in time: {text}");
        var outcome = JsonDocument.Parse(text).RootElement;
        outcome.GetProperty("stopped").GetArrayLength().Should().Be(3);
        outcome.GetProperty("inFlight").GetArrayLength().Should().Be(1, "the provider had not answered yet");

        await ServerUnderTest.Post(nodes.B.Http, $"/api/conversations/{id}/messages", new { clientId = "c1", text = "Soy una persona" });
        await nodes.Hears(lead, "uno", "Soy una persona");
        nodes.Heard(lead).Should().Equal("uno", "Soy una persona");
    }

    [SkippableFact]
    public async Task A_desk_on_one_node_sees_live_what_the_other_took()
    {
        await nodes.Begin();
        var lead = nodes.NewLead();
        nodes.Write(lead, "burbujas", to: nodes.A);
        await nodes.Hears(lead, AllBubbles);
        var id = await nodes.Conversation(lead);

        await using var live = await LiveEvents.Of(nodes.B.Http);
        nodes.Write(lead, "sí", to: nodes.A);

        await nodes.Server.Until(() => Task.FromResult(live.Saw(id)), TwoNodes.Soon, "the change at the other node's desk");
    }

    [SkippableFact]
    public async Task What_an_administrator_changes_on_one_node_the_other_uses()
    {
        await nodes.Begin();
        await ServerUnderTest.Post(nodes.A.Http, "/api/connections", new
        {
            key = "segunda", name = "Segunda", kind = "whatsapp", phoneNumberId = "555000333", businessAccountId = "555000222",
            accessToken = "journey-token-2", appSecret = "journey-secret-2", verifyToken = "second-verify",
        });

        await nodes.Server.Until(
            async () => await nodes.B.Http.GetAsync("/webhooks/whatsapp/segunda?hub.mode=subscribe&hub.challenge=42&hub.verify_token=second-verify") is { IsSuccessStatusCode: true },
            TwoNodes.Soon,
            "the other node to know the new connection");
    }

    [SkippableFact]
    public async Task A_listener_whose_connection_is_killed_listens_again()
    {
        await nodes.Begin();
        await using (var database = NpgsqlDataSource.Create(nodes.Server.ConnectionString!))
        {
            await using var kill = database.CreateCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'");
            ((long)(await kill.ExecuteScalarAsync())!).Should().BeGreaterThanOrEqualTo(2, "each node listens");
        }

        await A_claim_on_one_node_stops_the_bot_on_the_other_and_names_what_it_stopped();
        await A_desk_on_one_node_sees_live_what_the_other_took();
    }
}
