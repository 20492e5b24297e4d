using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FlowEngine.Tests.Api;
using FlowEngine.Tests.Stores;

namespace FlowEngine.Tests.Channels.WebChat;

/// <summary>Files between a visitor and the desk, over HTTP with the engine and a database behind them.</summary>
public abstract class ChatFileSuite(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. "a picture"u8];
    private ApiHost host = null!;

    public async Task InitializeAsync() => host = await ApiHost.On(kind);

    public async Task DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task A_visitors_picture_is_at_the_desk_with_its_caption_and_the_visitor_sees_it_again()
    {
        var visitor = await ChatClient.Begin(host);

        (await visitor.Send(await visitor.Receipt(Png, "image/png", "../mesa.png"), "¿Tienen esta?")).StatusCode.Should().Be(HttpStatusCode.OK);

        var conversation = await visitor.Conversation();
        var atDesk = (await AtDesk(conversation)).Single();
        atDesk.GetProperty("content").GetProperty("kind").GetString().Should().Be("image");
        atDesk.GetProperty("content").GetProperty("text").GetString().Should().Be("¿Tienen esta?");
        (await Bytes(await host.As("agent").GetAsync($"/api/messages/{atDesk.GetProperty("id").GetGuid()}/media"))).Should().Equal(Png);
        var mine = await Last(visitor);
        mine.GetProperty("file").GetProperty("name").GetString().Should().Be("mesa.png");
        (await Bytes(await visitor.Open(mine.GetProperty("id").GetGuid()))).Should().Equal(Png);
    }

    [SkippableFact]
    public async Task The_same_id_twice_is_one_message_also_with_the_file_brought_twice()
    {
        var (visitor, id) = (await ChatClient.Begin(host), ChatClient.RandomId());

        await visitor.Send(await visitor.Receipt(Png, "image/png", "a.png"), null, id);
        (await visitor.Send(await visitor.Receipt(Png, "image/png", "a.png"), null, id)).StatusCode.Should().Be(HttpStatusCode.OK);

        (await AtDesk(await visitor.Conversation())).Should().ContainSingle();
        (await visitor.Thread()).GetProperty("messages").GetArrayLength().Should().Be(1);
    }

    [SkippableFact]
    public async Task An_agents_file_reaches_the_visitor_and_nobody_else()
    {
        var (visitor, other) = (await ChatClient.Begin(host), await ChatClient.Begin(host));
        await visitor.Write("¿Me mandas el plano?");
        var conversation = await visitor.Conversation();
        await other.Write("Soy otra");

        await Answer(conversation, "Aquí está", "%PDF-1.7 plano", "application/pdf", "plano.pdf");
        await visitor.Quiet();

        var said = await Last(visitor);
        (said.GetProperty("kind").GetString(), said.GetProperty("text").GetString(), said.GetProperty("mine").GetBoolean()).Should().Be(("document", "Aquí está", false));
        said.GetProperty("file").GetProperty("name").GetString().Should().Be("plano.pdf");
        var id = said.GetProperty("id").GetGuid();
        var file = await visitor.Open(id);
        (await file.Content.ReadAsStringAsync()).Should().Be("%PDF-1.7 plano");
        file.Content.Headers.ContentType!.MediaType.Should().Be("application/octet-stream");
        file.Content.Headers.ContentDisposition!.FileName.Should().Be("plano.pdf");
        (await other.Open(id)).StatusCode.Should().Be(HttpStatusCode.NotFound, "it is in another visitor's conversation");
        (await host.Anonymous().GetAsync($"/chat/web/files/{id}")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [SkippableFact]
    public async Task A_ticket_opens_the_files_of_its_visitor_for_a_day_and_nothing_else()
    {
        var (visitor, other) = (await ChatClient.Begin(host), await ChatClient.Begin(host));
        (await visitor.Thread()).GetProperty("ticket").ValueKind.Should().Be(JsonValueKind.Null, "there is no file yet");
        await visitor.Send(await visitor.Receipt(Png, "image/png", "a.png"), null);
        await other.Send(await other.Receipt(Png, "image/png", "b.png"), null);
        var (mine, others) = ((await Last(visitor)).GetProperty("id").GetGuid(), (await Last(other)).GetProperty("id").GetGuid());
        var ticket = (await visitor.Thread()).GetProperty("ticket").GetString();
        var stranger = host.Anonymous();

        (await Bytes(await stranger.GetAsync($"/chat/web/files/{mine}?ticket={ticket}"))).Should().Equal(Png);
        (await stranger.GetAsync($"/chat/web/files/{others}?ticket={ticket}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await stranger.GetAsync($"/chat/web/messages?ticket={ticket}")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await stranger.GetAsync($"/chat/web/files/{mine}?ticket={visitor.Token}")).StatusCode.Should().Be(HttpStatusCode.Unauthorized, "a token is no ticket");
        stranger.DefaultRequestHeaders.Add("X-Chat-Visitor", ticket);
        (await stranger.GetAsync("/chat/web/messages")).StatusCode.Should().Be(HttpStatusCode.Unauthorized, "a ticket is no token");

        host.Clock.Advance(TimeSpan.FromDays(1));
        (await host.Anonymous().GetAsync($"/chat/web/files/{mine}?ticket={ticket}")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [SkippableFact]
    public async Task A_file_is_named_only_by_who_has_brought_it_and_within_a_day()
    {
        var (visitor, other) = (await ChatClient.Begin(host), await ChatClient.Begin(host));
        var receipt = await visitor.Receipt(Png, "image/png", "a.png");

        (await Refused(await other.Send(receipt, "mío"))).Should().Be("file");
        (await Refused(await visitor.Send(receipt[..^2] + "xx", null))).Should().Be("file");
        (await Refused(await visitor.Send(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Png)), null))).Should().Be("file", "knowing the hash is not having brought it");
        host.Clock.Advance(TimeSpan.FromDays(1));
        (await Refused(await visitor.Send(receipt, null))).Should().Be("file");

        (await visitor.Texts()).Concat(await other.Texts()).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_visitor_without_a_page_s_cookie_gets_a_ticket_and_one_with_it_needs_none()
    {
        var plain = host.Anonymous();
        var session = await plain.PostAsJsonAsync("/chat/web/session", new { embedded = false });
        plain.DefaultRequestHeaders.Add("Cookie", session.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        var visitor = new ChatClient(host, plain);

        await visitor.Send(await visitor.Receipt(Png, "image/png", "a.png"), null);

        (await visitor.Thread()).GetProperty("ticket").ValueKind.Should().Be(JsonValueKind.Null);
        (await Bytes(await visitor.Open((await Last(visitor)).GetProperty("id").GetGuid()))).Should().Equal(Png);
    }

    private async Task Answer(Guid conversation, string text, string bytes, string type, string name)
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(bytes)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        using var form = new MultipartFormDataContent { { file, "file", name } };
        var kept = await ApiHost.Json(await host.As("supervisor").PostAsync("/api/media", form));
        var answer = await host.As("supervisor").PostAsJsonAsync($"/api/conversations/{conversation}/messages", new { clientId = "c1", text, media = kept });
        answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
    }

    private async Task<List<JsonElement>> AtDesk(Guid conversation) =>
        [.. (await ApiHost.Json(await host.As("agent").GetAsync($"/api/conversations/{conversation}/messages"))).GetProperty("items").EnumerateArray()];

    private static async Task<JsonElement> Last(ChatClient visitor) => (await visitor.Thread()).GetProperty("messages").EnumerateArray().Last();

    private static async Task<byte[]> Bytes(HttpResponseMessage answer)
    {
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task<string?> Refused(HttpResponseMessage answer)
    {
        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        return (await ApiHost.Json(answer)).GetProperty("code").GetString();
    }
}

public sealed class SqliteChatFileTests() : ChatFileSuite(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresChatFileTests() : ChatFileSuite(DatabaseKind.Postgres);
