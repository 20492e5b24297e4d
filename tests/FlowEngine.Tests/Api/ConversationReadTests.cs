using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace FlowEngine.Tests.Api;

/// <summary>What an integration or a desk reads of a conversation while it goes through its life.</summary>
public sealed class ConversationReadTests
{
    [Fact]
    public async Task A_lead_is_not_started_until_a_person_takes_it_and_every_change_is_told()
    {
        await using var host = await ApiHost.Start();
        var agent = host.As("agent");
        var lead = await host.NewLead();

        await Eventually(async () => (await Counts(agent)).GetProperty("notStarted").GetInt32() == 1);
        var listed = (await ApiHost.Json(await agent.GetAsync("/api/conversations?tab=notStarted"))).GetProperty("items")[0];
        await agent.PostAsync($"/api/conversations/{lead}/claim", null);
        var detail = await ApiHost.Json(await agent.GetAsync($"/api/conversations/{lead}"));
        var history = (await ApiHost.Json(await agent.GetAsync($"/api/conversations/{lead}/history"))).GetProperty("items");

        listed.GetProperty("id").GetGuid().Should().Be(lead);
        listed.GetProperty("contact").GetProperty("phone").GetString().Should().Be("+34600111222");
        detail.GetProperty("tab").GetString().Should().Be("open");
        detail.GetProperty("owner").GetProperty("kind").GetString().Should().Be("agent");
        detail.GetProperty("source").GetString().Should().Be("form");
        detail.GetProperty("window").GetProperty("open").GetBoolean().Should().BeFalse();
        detail.GetProperty("version").GetInt64().Should().BeGreaterThan(listed.GetProperty("version").GetInt64());
        history.EnumerateArray().Select(h => h.GetProperty("kind").GetString()).Should().Contain("claimed");
        (await Counts(agent)).GetProperty("open").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task Fields_labels_and_notes_leave_owner_and_epoch_alone()
    {
        await using var host = await ApiHost.Start();
        var agent = host.As("agent");
        var lead = await host.NewLead();
        var before = await ApiHost.Json(await agent.PostAsync($"/api/conversations/{lead}/claim", null));

        await agent.PostAsJsonAsync($"/api/conversations/{lead}/fields", new { set = new Dictionary<string, string?> { ["budget"] = "1000" } });
        await agent.PostAsJsonAsync($"/api/conversations/{lead}/labels", new { add = new[] { "vip" } });
        await agent.PostAsJsonAsync($"/api/conversations/{lead}/notes", new { text = "calls back" });
        var detail = await ApiHost.Json(await agent.GetAsync($"/api/conversations/{lead}"));
        var messages = (await ApiHost.Json(await agent.GetAsync($"/api/conversations/{lead}/messages"))).GetProperty("items");

        detail.GetProperty("fields").GetProperty("budget").GetString().Should().Be("1000");
        detail.GetProperty("labels")[0].GetString().Should().Be("vip");
        detail.GetProperty("epoch").GetInt64().Should().Be(before.GetProperty("epoch").GetInt64());
        messages[0].GetProperty("direction").GetString().Should().Be("note");
    }

    [Fact]
    public async Task A_text_outside_the_window_is_refused_and_nothing_is_stored()
    {
        await using var host = await ApiHost.Start();
        var lead = await host.NewLead();

        var answer = await host.As("agent").PostAsJsonAsync($"/api/conversations/{lead}/messages", new { clientId = "1", text = "Hola" });

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ApiHost.Json(answer)).GetProperty("code").GetString().Should().Be("windowClosed");
        (await ApiHost.Json(await host.As("agent").GetAsync($"/api/conversations/{lead}/messages"))).GetProperty("items").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task A_template_is_checked_before_it_leaves_and_shown_in_its_words()
    {
        await using var host = await ApiHost.Start();
        var lead = await host.NewLead();
        await host.As("admin").PostAsJsonAsync("/api/templates", new { name = "cita", language = "es", body = "Hola {{1}}" });
        await host.As("admin").PostAsJsonAsync("/api/templates", new { name = "vieja", language = "es", body = "Hola", status = "PAUSED" });
        Task<HttpResponseMessage> Send(string name, params string[] parameters) => host.As("agent").PostAsJsonAsync(
            $"/api/conversations/{lead}/messages", new { clientId = name + parameters.Length, template = new { name, language = "es", parameters } });

        (await Send("cita")).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await Send("vieja")).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await Send("cita", "Ana")).StatusCode.Should().Be(HttpStatusCode.OK);

        var messages = (await ApiHost.Json(await host.As("agent").GetAsync($"/api/conversations/{lead}/messages"))).GetProperty("items");
        messages.EnumerateArray().Should().ContainSingle().Which.GetProperty("content").GetProperty("text").GetString().Should().Be("Hola Ana");
    }

    [Fact]
    public async Task A_finalized_conversation_is_an_episode_of_finished()
    {
        await using var host = await ApiHost.Start();
        var agent = host.As("agent");
        var lead = await host.NewLead();
        await agent.PostAsync($"/api/conversations/{lead}/claim", null);

        (await agent.PostAsJsonAsync($"/api/conversations/{lead}/finalize", new { reason = "sold" })).StatusCode.Should().Be(HttpStatusCode.OK);
        var finished = (await ApiHost.Json(await agent.GetAsync("/api/conversations?tab=finished"))).GetProperty("items");

        finished.GetArrayLength().Should().Be(1);
        finished[0].GetProperty("finished").GetProperty("reason").GetString().Should().Be("sold");
        finished[0].GetProperty("episode").GetInt32().Should().Be(1);
    }

    private static async Task<JsonElement> Counts(HttpClient client) => await ApiHost.Json(await client.GetAsync("/api/conversations/counts"));

    /// <summary>The turn runs right after the answer; a deadline keeps a defect from hanging the suite.</summary>
    private static async Task Eventually(Func<Task<bool>> holds)
    {
        var deadline = TimeProvider.System.GetUtcNow().AddMinutes(1);
        while (!await holds() && TimeProvider.System.GetUtcNow() < deadline)
        {
            await Task.Delay(20);
        }
    }
}
