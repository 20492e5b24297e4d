using System.Net;
using System.Security.Cryptography;
using System.Text;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Channels.WhatsApp;
using FlowEngine.Server.Media;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests.Channels;

/// <summary>The webhook's door over real HTTP, with a list as the store.</summary>
public sealed class WebhookEndpointTests : IAsyncLifetime
{
    private readonly List<NewEvent> stored = [];
    private readonly List<string> wanted = [];
    private static readonly HttpClient Client = new();
    private Exception? storeFailure;
    private WebApplication app = null!;
    private string url = "";

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var clock = new FakeTimeProvider(Fixtures.Clock);
        builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton(Ids.Seeded(clock, 1)).AddSingleton(Fixtures.Book());
        builder.Services.AddWhatsApp();
        builder.Services.AddSingleton<WantMedia>((connection, media, _) =>
        {
            wanted.AddRange(media.Select(m => $"{connection} {m.ProviderId} before {stored.Count}"));
            return Task.CompletedTask;
        });
        builder.Services.AddSingleton<AcceptEvents>((events, _) =>
        {
            if (storeFailure is { } broken)
                throw broken;
            stored.AddRange(events);
            return ValueTask.CompletedTask;
        });
        app = builder.Build();
        app.MapWhatsAppWebhook();
        await app.StartAsync();
        url = $"{app.Urls.First()}/webhooks/whatsapp/shop";
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Every_fixture_is_answered_as_its_index_says_with_an_empty_body()
    {
        foreach (var item in Fixtures.Listed("webhooks"))
        {
            var answer = await Post(Fixtures.Bytes(item), item.GetProperty("x_hub_signature_256").GetString());

            ((int)answer.StatusCode).Should().Be(item.GetProperty("expect").GetProperty("http").GetInt32(), Fixtures.FileOf(item));
            (await answer.Content.ReadAsStringAsync()).Should().BeEmpty();
        }

        stored.Should().NotBeEmpty();
    }

    [Fact]
    public async Task The_file_of_a_message_is_wanted_before_the_message_is_stored()
    {
        var item = Fixtures.Webhook("in-013");

        await Post(Fixtures.Bytes(item), item.GetProperty("x_hub_signature_256").GetString());

        wanted.Should().ContainSingle().Which.Should().MatchRegex("^shop [0-9]+ before 0$");
        stored.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha256=zz49fbc42cf2a26007ed13e1db1cae4d082e6e5974b7452893eae6c453ee1074")]
    [InlineData("sha256=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha1=a1949fbc42cf2a26007ed13e1db1cae4d082e6e5")]
    public async Task Without_the_right_signature_it_is_401_and_nothing_is_stored(string? signature)
    {
        var answer = await Post(Fixtures.Bytes(Fixtures.Webhook("in-001")), signature);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        stored.Should().BeEmpty();
    }

    [Fact]
    public async Task An_unknown_connection_cannot_be_told_from_a_wrong_signature()
    {
        var item = Fixtures.Webhook("in-001");
        url = url.Replace("/shop", "/none", StringComparison.Ordinal);

        (await Post(Fixtures.Bytes(item), item.GetProperty("x_hub_signature_256").GetString())).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("{\"object\":")]
    public async Task Signed_bytes_that_are_no_json_are_400(string body) =>
        (await Post(body)).StatusCode.Should().Be(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"object\":\"page\",\"entry\":[{}]}")]
    [InlineData("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":null},{\"changes\":[{\"field\":\"messages\",\"value\":null}]}]}")]
    public async Task Signed_json_that_says_nothing_is_200(string body)
    {
        (await Post(body)).StatusCode.Should().Be(HttpStatusCode.OK);
        stored.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_above_4_MiB_is_413_whether_or_not_it_says_its_length(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = new ByteArrayContent(new byte[Webhook.MaxBody + 1]);
        request.Headers.TransferEncodingChunked = chunked;

        (await Client.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_batch_of_a_thousand_messages_in_three_megabytes_is_stored_whole()
    {
        var one = """{"from":"34600000001","id":"m§","timestamp":"1795345200","type":"text","text":{"body":"¤"}}""".Replace("¤", new string('x', 2900), StringComparison.Ordinal);
        var messages = string.Join(',', Enumerable.Range(0, 1000).Select(n => one.Replace("§", $"{n}", StringComparison.Ordinal)));
        var body = $$$"""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[{{{messages}}}]}}]}]}""";

        (await Post(body)).StatusCode.Should().Be(HttpStatusCode.OK);
        stored.Select(found => found.DedupeKey).Should().HaveCount(1000).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_store_that_fails_is_503_so_that_the_provider_delivers_again()
    {
        var item = Fixtures.Webhook("in-001");
        storeFailure = new InvalidOperationException("disk full");
        (await Post(Fixtures.Bytes(item), item.GetProperty("x_hub_signature_256").GetString())).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);

        storeFailure = null;
        (await Post(Fixtures.Bytes(item), item.GetProperty("x_hub_signature_256").GetString())).StatusCode.Should().Be(HttpStatusCode.OK);
        stored.Should().ContainSingle();
    }

    [Fact]
    public async Task The_handshake_echoes_the_challenge_as_text_with_its_zeros()
    {
        var answer = await Client.GetAsync($"{url}?hub.mode=subscribe&hub.challenge=0012&hub.verify_token=fixture-verify-token");

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        (await answer.Content.ReadAsStringAsync()).Should().Be("0012");
    }

    [Theory]
    [InlineData("hub.mode=subscribe&hub.challenge=0012&hub.verify_token=wrong")]
    [InlineData("hub.mode=subscribe&hub.challenge=0012")]
    [InlineData("hub.mode=unsubscribe&hub.challenge=0012&hub.verify_token=fixture-verify-token")]
    [InlineData("")]
    public async Task A_wrong_handshake_is_403_and_echoes_nothing(string query)
    {
        var answer = await Client.GetAsync($"{url}?{query}");

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync()).Should().NotContain("0012");
    }

    private Task<HttpResponseMessage> Post(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Fixtures.Connection.AppSecret!), bytes);
        return Post(bytes, "sha256=" + Convert.ToHexStringLower(hash));
    }

    private async Task<HttpResponseMessage> Post(byte[] body, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new("application/json");
        if (signature is not null)
            request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", signature);
        return await Client.SendAsync(request);
    }
}
