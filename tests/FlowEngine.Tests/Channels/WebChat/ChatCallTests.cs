using System.Net;
using System.Net.Http.Json;
using System.Text;
using FlowEngine.Server.Persistence;
using FlowEngine.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Channels.WebChat;

/// <summary>The calls of the chat's page over HTTP, with the engine and a database behind them.</summary>
public sealed class ChatCallTests : IAsyncLifetime
{
    private ApiHost host = null!;

    public async Task InitializeAsync() => host = await ApiHost.Start();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task What_a_visitor_writes_waits_for_people_and_their_answer_is_read_by_the_visitor_alone()
    {
        var (visitor, other) = (await ChatClient.Begin(host), await ChatClient.Begin(host));
        (await visitor.Write("Hola")).StatusCode.Should().Be(HttpStatusCode.OK);
        var id = await visitor.Conversation();

        await Answer(id, "¿En qué te ayudo?");
        await visitor.Quiet();

        (await visitor.Texts()).Should().Equal("Hola", "¿En qué te ayudo?");
        (await visitor.Thread()).GetProperty("state").GetString().Should().Be("agent");
        (await other.Texts()).Should().BeEmpty("another visitor has another thread");
    }

    [Fact]
    public async Task A_page_that_comes_back_with_its_token_or_its_cookie_finds_its_thread()
    {
        var visitor = await ChatClient.Begin(host);
        await visitor.Write("Hola");
        var again = await ChatClient.Begin(host, visitor.Token);
        (await again.Texts()).Should().Equal("Hola");

        var plain = host.Anonymous();
        var first = await plain.PostAsJsonAsync("/chat/web/session", new { embedded = false });
        (await ApiHost.Json(first)).GetProperty("token").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null, "a page of our own keeps no token where scripts can read it");
        var cookie = first.Headers.GetValues("Set-Cookie").Single();
        cookie.Should().Contain("httponly").And.Contain("samesite=lax").And.Contain("path=/chat/web");
        plain.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        (await plain.PostAsJsonAsync("/chat/web/messages", new { id = ChatClient.RandomId(), text = "Sin token" })).StatusCode.Should().Be(HttpStatusCode.OK);
        await new ChatClient(host, plain).Quiet();
        (await (await plain.PostAsJsonAsync("/chat/web/session", new { embedded = false })).Content.ReadAsStringAsync()).Should().Contain("Sin token");
    }

    [Fact]
    public async Task The_same_id_twice_is_one_message_and_of_another_visitor_it_is_another()
    {
        var (visitor, other) = (await ChatClient.Begin(host), await ChatClient.Begin(host));
        var id = ChatClient.RandomId();

        await visitor.Write("Hola", id);
        (await visitor.Write("Hola otra vez", id)).StatusCode.Should().Be(HttpStatusCode.OK);
        await other.Write("Soy otra", id);

        (await visitor.Texts()).Should().Equal("Hola");
        (await other.Texts()).Should().Equal("Soy otra");
    }

    [Theory]
    [InlineData("""{"text":"sin id"}""", 422)]
    [InlineData("""{"id":"0193f000-0000-7000-8000-000000000001"}""", 422)]
    [InlineData("""{"id":"0193f000-0000-7000-8000-000000000001","text":" \u0000 "}""", 422)]
    [InlineData("""{"id":"0193f000-0000-7000-8000-000000000001","choice":"1","of":"0193f000-0000-7000-8000-000000000002"}""", 422)]
    [InlineData("""{"id":"me","text":"x"}""", 400)]
    [InlineData("""{"id":"0193f000-0000-7000-8000-000000000001","text":"\ud800"}""", 400)]
    [InlineData("[]", 400)]
    [InlineData("", 400)]
    public async Task Bad_input_is_refused_and_leaves_nothing(string body, int status)
    {
        var visitor = await ChatClient.Begin(host);

        var answer = await visitor.Http.PostAsync("/chat/web/messages", new StringContent(body, Encoding.UTF8, "application/json"));

        ((int)answer.StatusCode).Should().Be(status);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        (await visitor.Texts()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_message_that_is_too_long_a_body_that_is_too_large_and_a_form_are_refused()
    {
        var visitor = await ChatClient.Begin(host);

        (await visitor.Write(new string('x', 4096))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await visitor.Write(new string('x', 4097))).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await visitor.Write(new string('x', 40_000))).StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        var form = new FormUrlEncodedContent([new("text", "x")]);
        (await visitor.Http.PostAsync("/chat/web/messages", form)).StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Without_a_visitor_nothing_is_read_or_written()
    {
        var stranger = host.Anonymous();
        stranger.DefaultRequestHeaders.Add("X-Chat-Visitor", (await ChatClient.Begin(host)).Token[..^2] + "xx");

        (await stranger.GetAsync("/chat/web/messages")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await stranger.GetAsync("/chat/web/stream")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await stranger.PostAsJsonAsync("/chat/web/messages", new { id = ChatClient.RandomId(), text = "x" })).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await stranger.PostAsJsonAsync("/chat/web/seen", new { upTo = 9, read = true })).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/chat/ventas/session")]
    [InlineData("/chat/nowhere/session")]
    public async Task Only_an_active_web_chat_has_a_chat(string path) =>
        (await host.Anonymous().PostAsJsonAsync(path, new { embedded = true })).StatusCode.Should().Be(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://shop.example")]
    public async Task Another_sites_page_cannot_call_in_a_visitors_name(string header, string value)
    {
        var visitor = await ChatClient.Begin(host);
        visitor.Http.DefaultRequestHeaders.Add(header, value);

        (await visitor.Write("x")).StatusCode.Should().Be(HttpStatusCode.Forbidden, "also an allowed site speaks only through the frame");
    }

    [Fact]
    public async Task A_visitor_who_writes_too_fast_is_told_when_to_go_on()
    {
        var (visitor, other) = (await ChatClient.Begin(host), await ChatClient.Begin(host));
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 40; i++)
        {
            answers.Add(await visitor.Post(new { id = ChatClient.RandomId(), text = $"{i}" }));
        }

        var refused = answers.Where(a => a.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        refused.Should().NotBeEmpty();
        refused.Should().OnlyContain(a => a.Headers.RetryAfter != null);
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).Should().BeGreaterThanOrEqualTo(12);
        (await other.Write("Yo no tengo la culpa")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Name_and_email_are_what_the_visitor_claims_and_make_nobody_the_same_person()
    {
        var (first, second) = (await ChatClient.Begin(host), await ChatClient.Begin(host));
        foreach (var visitor in new[] { first, second })
        {
            await visitor.Post(new { id = ChatClient.RandomId(), text = "Hola", name = "Marta", email = "marta@example.com" });
            await visitor.Quiet();
        }

        (await first.Texts()).Should().Equal("Hola");
        (await second.Texts()).Should().Equal("Hola");
        var detail = await ApiHost.Json(await host.As("agent").GetAsync($"/api/conversations/{await first.Conversation()}"));
        detail.GetProperty("fields").GetProperty("email").GetString().Should().Be("marta@example.com");
        detail.GetProperty("contact").GetProperty("name").GetString().Should().Be("Marta");
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<FlowEngineContext>>().CreateDbContextAsync();
        (await db.ContactAliases.Where(a => a.Portfolio == "web").Select(a => a.Kind).ToListAsync()).Should().Equal("chat", "chat");
    }

    [Fact]
    public async Task There_is_no_window_so_an_answer_after_a_week_still_leaves()
    {
        var visitor = await ChatClient.Begin(host);
        await visitor.Write("Hola");
        var id = await visitor.Conversation();
        host.Clock.AdjustTime(host.Clock.GetUtcNow() + TimeSpan.FromDays(7));

        await Answer(id, "Perdona la tardanza");
        await visitor.Quiet();

        (await (await ChatClient.Begin(host, visitor.Token)).Texts()).Should().Equal("Hola", "Perdona la tardanza");
        var detail = await ApiHost.Json(await host.As("agent").GetAsync($"/api/conversations/{id}"));
        detail.GetProperty("window").GetProperty("open").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task What_the_page_got_and_what_was_looked_at_become_the_agents_ticks_once()
    {
        var visitor = await ChatClient.Begin(host);
        await visitor.Write("Hola");
        var id = await visitor.Conversation();
        await Answer(id, "Uno");
        await Answer(id, "Dos");
        await visitor.Quiet();
        var orders = (await visitor.Thread()).GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("order").GetInt64()).ToList();

        await Seen(visitor, orders[^1], read: false);
        (await States(id)).Should().Equal("delivered", "delivered");
        await Seen(visitor, orders[1], read: true);
        (await States(id)).Should().Equal("read", "delivered");
        await Seen(visitor, orders[^1], read: true);
        await Seen(await ChatClient.Begin(host), long.MaxValue, read: true);
        (await States(id)).Should().Equal("read", "read");
    }

    [Fact]
    public async Task A_note_and_a_message_that_was_not_sent_stay_inside()
    {
        var visitor = await ChatClient.Begin(host);
        await visitor.Write("Hola");
        var id = await visitor.Conversation();
        await host.As("supervisor").PostAsJsonAsync($"/api/conversations/{id}/notes", new { text = "Cliente difícil" });
        await visitor.Quiet();

        (await (await visitor.Http.GetAsync("/chat/web/messages")).Content.ReadAsStringAsync()).Should().Contain("Hola").And.NotContain("difícil");
    }

    private async Task Answer(Guid conversation, string text)
    {
        var answer = await host.As("supervisor").PostAsJsonAsync($"/api/conversations/{conversation}/messages", new { clientId = $"{ChatClient.RandomId()}", text });
        answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
    }

    private static async Task Seen(ChatClient visitor, long upTo, bool read)
    {
        (await visitor.Http.PostAsJsonAsync("/chat/web/seen", new { upTo, read })).StatusCode.Should().Be(HttpStatusCode.OK);
        await visitor.Quiet();
    }

    private async Task<List<string?>> States(Guid conversation) =>
        [.. (await ApiHost.Json(await host.As("agent").GetAsync($"/api/conversations/{conversation}/messages"))).GetProperty("items").EnumerateArray()
            .Where(m => m.GetProperty("direction").GetString() == "out").OrderBy(m => m.GetProperty("order").GetInt64()).Select(m => m.GetProperty("state").GetString())];
}
