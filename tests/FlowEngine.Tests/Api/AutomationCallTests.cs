using System.Net;
using System.Net.Http.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Automations;
using FlowEngine.Tests.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Api;

/// <summary>The automation API of the contract, over HTTP and a database.</summary>
public sealed class AutomationCallTests
{
    [Fact]
    public async Task It_claims_speaks_and_hands_off_and_then_hears_who_has_it()
    {
        await using var host = await ApiHost.Start(new ScriptedChannel { Kind = "whatsapp" });
        var lead = await LeadWho(host, "Hola");
        var claimed = await ApiHost.Json(await Post(host, lead, "automation/claim", new { }));
        var epoch = claimed.GetProperty("epoch").GetInt64();
        claimed.GetProperty("tab").GetString().Should().Be("automated");
        claimed.GetProperty("owner").GetProperty("kind").GetString().Should().Be("otherApp");

        var said = await Post(host, lead, "messages", new { @as = "automation", epoch, clientId = "c1", text = "¿Qué buscas?", buttons = new[] { new { id = "b", title = "Comprar" } } });
        var again = await Post(host, lead, "automation/messages", new { epoch, clientId = "c2", text = "Dime" });
        said.StatusCode.Should().Be(HttpStatusCode.OK);
        again.StatusCode.Should().Be(HttpStatusCode.OK);

        var handed = await ApiHost.Json(await Post(host, lead, "automation/handoff", new { epoch, department = "sales", mode = "waiting", reason = "price", summary = "3 desks", words = "Te atiende una persona" }));
        handed.GetProperty("tab").GetString().Should().Be("waiting");
        var late = await Post(host, lead, "automation/messages", new { epoch, clientId = "c3", text = "¿Sigues?" });
        late.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await ApiHost.Json(late)).GetProperty("owner").GetProperty("name").GetString().Should().Be("Sales");

        var messages = (await ApiHost.Json(await host.As("admin").GetAsync($"/api/conversations/{lead}/messages"))).GetProperty("items");
        messages.EnumerateArray().Count(m => m.GetProperty("author").GetString() == "otherApp").Should().Be(3);
        messages[0].GetProperty("authorName").GetString().Should().Be("automation");
        var history = (await ApiHost.Json(await host.As("admin").GetAsync($"/api/conversations/{lead}/history"))).GetProperty("items");
        history.EnumerateArray().First(h => h.GetProperty("kind").GetString() == "handedOff").GetProperty("data").GetProperty("summary").GetString().Should().Be("3 desks");
    }

    [Fact]
    public async Task The_same_client_id_is_one_message()
    {
        await using var host = await ApiHost.Start();
        var (lead, epoch) = await Claimed(host);

        var first = await ApiHost.Json(await Post(host, lead, "automation/messages", new { epoch, clientId = "once", text = "Hola" }));
        var second = await ApiHost.Json(await Post(host, lead, "automation/messages", new { epoch, clientId = "once", text = "Hola" }));

        second.GetProperty("messageId").GetGuid().Should().Be(first.GetProperty("messageId").GetGuid());
    }

    [Fact]
    public async Task Bad_input_is_named_by_field_and_nothing_is_done()
    {
        await using var host = await ApiHost.Start();
        var (lead, epoch) = await Claimed(host);

        await Refused(await Post(host, lead, "automation/messages", new { clientId = "c1", text = "Hola" }), "epoch");
        await Refused(await Post(host, lead, "automation/messages", new { epoch, clientId = "c2" }), "text");
        await Refused(await Post(host, lead, "messages", new { @as = "robot", epoch, clientId = "c3", text = "Hola" }), "as");
        await Refused(await Post(host, lead, "automation/messages", new { epoch, clientId = "c4", text = "Hola", buttons = new[] { new { id = "a", title = "" } } }), "buttons");
        await Refused(await Post(host, lead, "automation/handoff", new { epoch, mode = "open" }), "agent");
        await Refused(await Post(host, lead, "automation/release", new { to = "queue" }), "to");

        static async Task Refused(HttpResponseMessage answer, string field)
        {
            answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
            (await ApiHost.Json(answer)).GetProperty("errors").TryGetProperty(field, out _).Should().BeTrue(field);
        }
    }

    [Fact]
    public async Task An_automation_speaks_only_as_one()
    {
        await using var host = await ApiHost.Start();
        var (lead, _) = await Claimed(host);

        (await Post(host, lead, "messages", new { clientId = "c1", text = "Hola" })).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_connection_names_only_a_key_that_is_an_automation()
    {
        await using var host = await ApiHost.Start();
        object Connection(string? automation) => new { name = "Ventas", automation, automationTakesFlows = true };

        var unknown = await host.As("admin").PutAsJsonAsync("/api/connections/ventas", Connection("agent"));
        var known = await host.As("admin").PutAsJsonAsync("/api/connections/ventas", Connection("automation"));

        (await ApiHost.Json(unknown)).GetProperty("errors").TryGetProperty("automation", out _).Should().BeTrue();
        var saved = await ApiHost.Json(known);
        (saved.GetProperty("automation").GetString(), saved.GetProperty("automationTakesFlows").GetBoolean()).Should().Be(("automation", true));
    }

    [Fact]
    public async Task A_lead_who_waits_in_vain_goes_to_people_and_one_that_was_just_claimed_does_not()
    {
        await using var host = await ApiHost.Start();
        await host.As("admin").PutAsJsonAsync("/api/connections/ventas", new { name = "Ventas", department = "sales", automation = "automation" });
        var watch = ActivatorUtilities.CreateInstance<AppWatch>(host.Services);
        var given = await LeadWho(host, "Hola");
        await Post(host, given, "automation/claim", new { });
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await watch.Look(default)).Should().Be(0, "it still has a minute");

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await watch.Look(default)).Should().Be(1);
        (await watch.Look(default)).Should().BeLessThanOrEqualTo(1, "the same question twice is one");
        await host.As("admin").PostAsJsonAsync($"/api/conversations/{given}/read", new { });

        var conversation = await ApiHost.Json(await host.As("admin").GetAsync($"/api/conversations/{given}"));
        conversation.GetProperty("tab").GetString().Should().Be("waiting");
        conversation.GetProperty("owner").GetProperty("name").GetString().Should().Be("Sales");
        var history = (await ApiHost.Json(await host.As("admin").GetAsync($"/api/conversations/{given}/history"))).GetProperty("items");
        history.EnumerateArray().First(h => h.GetProperty("kind").GetString() == "handedOff").GetProperty("cause").GetString()
            .Should().Be("automation did not answer within 120 seconds.");
    }

    private static async Task<(Guid Lead, long Epoch)> Claimed(ApiHost host)
    {
        var lead = await LeadWho(host, "Hola");
        var claimed = await ApiHost.Json(await Post(host, lead, "automation/claim", new { }));
        return (lead, claimed.GetProperty("epoch").GetInt64());
    }

    /// <summary>A lead who has written on WhatsApp; its turn has run once a command of the conversation was answered.</summary>
    private static async Task<Guid> LeadWho(ApiHost host, string says)
    {
        var services = host.Services;
        var now = host.Clock.GetUtcNow();
        var written = new LeadMessage("wamid.1", now, MessageContent.OfText(says), "Marta");
        var stored = await services.GetRequiredService<Intake>().Accept(
            [new NewEvent(services.GetRequiredService<Ids>().Next(), "ventas:wamid.1:message", written) { Address = new Address("ventas", "ventas", [new ContactAlias("waId", "34600111222")], "Marta") }], default);
        var lead = stored[0].Mailbox;
        await host.As("admin").PostAsJsonAsync($"/api/conversations/{lead}/read", new { });
        return lead;
    }

    private static Task<HttpResponseMessage> Post(ApiHost host, Guid lead, string verb, object body) =>
        host.As("automation").PostAsJsonAsync($"/api/conversations/{lead}/{verb}", body);
}
