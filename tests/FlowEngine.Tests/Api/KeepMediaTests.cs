using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Api;

/// <summary>Files that people send: kept first, then named by a message.</summary>
public sealed class KeepMediaTests
{
    [Theory]
    [InlineData("image/png", "image")]
    [InlineData("audio/ogg; codecs=opus", "audio")]
    [InlineData("video/mp4", "video")]
    [InlineData("application/pdf", "document")]
    [InlineData("image/webp", "document")]
    [InlineData("nonsense", "document")]
    public async Task A_file_is_kept_by_its_hash_and_goes_as_what_the_provider_shows(string type, string kind)
    {
        await using var host = await ApiHost.Start();

        var answer = await Keep(host.As("agent"), "bytes", type, "../../plano.pdf");

        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        var kept = await ApiHost.Json(answer);
        kept.GetProperty("kind").GetString().Should().Be(kind);
        kept.GetProperty("fileName").GetString().Should().Be("plano.pdf");
        kept.GetProperty("size").GetInt64().Should().Be(5);
    }

    [Fact]
    public async Task A_message_carries_a_kept_file_and_everybody_at_the_desk_can_open_it()
    {
        await using var host = await ApiHost.Start();
        var conversation = await LeadWrote(host, "ventas");
        var kept = await ApiHost.Json(await Keep(host.As("agent"), "a picture", "image/png", "plano.png"));

        var sent = await host.As("agent").PostAsJsonAsync($"/api/conversations/{conversation}/messages", new { clientId = "c1", text = "El plano", media = kept });

        sent.EnsureSuccessStatusCode();
        var message = (await Messages(host, conversation)).First(m => m.GetProperty("direction").GetString() == "out");
        message.GetProperty("content").GetProperty("kind").GetString().Should().Be("image");
        message.GetProperty("content").GetProperty("text").GetString().Should().Be("El plano");
        var opened = await host.As("supervisor").GetAsync($"/api/messages/{message.GetProperty("id").GetGuid()}/media");
        (await opened.Content.ReadAsStringAsync()).Should().Be("a picture");
    }

    [Fact]
    public async Task What_cannot_be_sent_is_refused_with_the_field_and_nothing_is_stored()
    {
        await using var host = await ApiHost.Start();
        var conversation = await LeadWrote(host, "ventas");
        var sound = await ApiHost.Json(await Keep(host.As("agent"), "sound", "audio/ogg", null));

        (await Say(host, conversation, new { clientId = "c1", media = new { sha256 = Convert.ToBase64String(new byte[32]) } })).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await Say(host, conversation, new { clientId = "c2", media = new { sha256 = "../../etc/passwd" } })).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await Say(host, conversation, new { clientId = "c3", text = "words", media = sound })).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await Say(host, conversation, new { clientId = "c4", template = new { name = "hola", language = "es" }, media = sound })).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);

        (await Messages(host, conversation)).Should().OnlyContain(m => m.GetProperty("direction").GetString() == "in");
    }

    [Fact]
    public async Task Only_who_may_write_to_leads_keeps_files_and_not_without_bytes_or_a_form()
    {
        await using var host = await ApiHost.Start();

        (await Keep(host.Anonymous(), "x", "image/png", "a.png")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await Keep(host.As("integration"), "x", "image/png", "a.png")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await Keep(host.As("automation"), "x", "image/png", "a.png")).StatusCode.Should().Be(HttpStatusCode.Created);
        (await Keep(host.As("agent"), "", "image/png", "a.png")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await host.As("agent").PostAsync("/api/media", new StringContent("x"))).StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
    }

    private static Task<HttpResponseMessage> Say(ApiHost host, Guid conversation, object body) => host.As("agent").PostAsJsonAsync($"/api/conversations/{conversation}/messages", body);

    private static async Task<HttpResponseMessage> Keep(HttpClient client, string bytes, string type, string? name)
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(bytes));
        file.Headers.TryAddWithoutValidation("Content-Type", type);
        using var form = new MultipartFormDataContent { { file, "file", name ?? "file" } };
        return await client.PostAsync("/api/media", form);
    }

    private static async Task<List<JsonElement>> Messages(ApiHost host, Guid conversation) =>
        [.. (await ApiHost.Json(await host.As("agent").GetAsync($"/api/conversations/{conversation}/messages"))).GetProperty("items").EnumerateArray()];

    /// <summary>A lead whose window is open.</summary>
    private static async Task<Guid> LeadWrote(ApiHost host, string connection)
    {
        var said = new LeadMessage($"wamid.{connection}", host.Clock.GetUtcNow(), MessageContent.OfText("Hola"));
        var alias = new ContactAlias("waId", "34600111222");
        var added = new NewEvent(host.Services.GetRequiredService<Ids>().Next(), $"{connection}:hola", said) { Address = new Address(connection, connection, [alias], "Ana") };
        var mailbox = (await host.Services.GetRequiredService<Intake>().Accept([added], default))[0].Mailbox;
        while ((await Messages(host, mailbox)).Count == 0)
        {
            await Task.Yield();
        }

        return mailbox;
    }
}
