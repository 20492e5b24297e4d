using System.Net;
using System.Text;
using System.Text.Json;
using FlowEngine.Tests.Api;

namespace FlowEngine.Tests.Channels.WebChat;

/// <summary>What strangers may bring, and how it is given back.</summary>
public sealed class ChatUploadTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [Fact]
    public async Task Without_a_visitor_from_another_site_or_as_a_form_no_file_is_taken()
    {
        await using var host = await ApiHost.Start();
        var visitor = await ChatClient.Begin(host);
        var stranger = new ChatClient(host, host.Anonymous());

        (await stranger.Bring(Png, "image/png", "a.png")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        var form = new MultipartFormDataContent { { new ByteArrayContent(Png), "file", "a.png" } };
        (await visitor.Http.PostAsync("/chat/web/files", form)).StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        (await visitor.Http.PostAsync("/chat/ventas/files", Octets(Png))).StatusCode.Should().Be(HttpStatusCode.NotFound);
        visitor.Http.DefaultRequestHeaders.Add("Origin", "https://shop.example");
        (await visitor.Bring(Png, "image/png", "a.png")).StatusCode.Should().Be(HttpStatusCode.Forbidden, "also an allowed site speaks only through the frame");
        Files(host).Should().BeEmpty();
    }

    [Fact]
    public async Task An_empty_file_one_that_is_too_large_and_one_of_unknown_length_are_refused()
    {
        await using var host = await ApiHost.Start(settings: new Dictionary<string, string?> { ["FlowEngine:Media:MaxBytes"] = "1000" });
        var visitor = await ChatClient.Begin(host);

        (await visitor.Bring([], "image/png", "a.png")).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await visitor.Bring(new byte[1000], "text/plain", "a.txt")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await Code(await visitor.Bring(new byte[1001], "text/plain", "a.txt"), HttpStatusCode.RequestEntityTooLarge)).Should().Be("tooLarge");
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/chat/web/files") { Content = new Endless() };
        (await Code(await visitor.Http.SendAsync(chunked), HttpStatusCode.LengthRequired)).Should().Be("noLength");
        Files(host).Should().ContainSingle();
        (await visitor.Texts()).Should().BeEmpty("a file alone says nothing");
    }

    [Fact]
    public async Task A_visitor_brings_only_so_many_bytes_a_day_and_is_told()
    {
        await using var host = await ApiHost.Start(settings: new Dictionary<string, string?> { ["FlowEngine:WebChat:VisitorMegabytes"] = "1" });
        var (visitor, other) = (await ChatClient.Begin(host), await ChatClient.Begin(host));

        (await visitor.Bring(new byte[700 * 1024], "text/plain", "a.txt")).StatusCode.Should().Be(HttpStatusCode.OK);
        var refused = await visitor.Bring(new byte[700 * 1024], "text/plain", "a.txt");
        (await Code(refused, HttpStatusCode.TooManyRequests)).Should().Be("tooMuch");
        refused.Headers.RetryAfter.Should().NotBeNull();
        (await Code(await other.Bring(new byte[1100 * 1024], "text/plain", "a.txt"), HttpStatusCode.RequestEntityTooLarge)).Should().Be("tooLarge", "that much can never be sent at once");
        (await other.Bring(new byte[700 * 1024], "text/plain", "b.txt")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await visitor.Write("Sigo aquí")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task So_does_everybody_of_one_address_together()
    {
        await using var host = await ApiHost.Start(settings: new Dictionary<string, string?> { ["FlowEngine:WebChat:AddressMegabytes"] = "1" });

        (await (await ChatClient.Begin(host)).Bring(new byte[700 * 1024], "text/plain", "a.txt")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await Code(await (await ChatClient.Begin(host)).Bring(new byte[700 * 1024], "text/plain", "a.txt"), HttpStatusCode.TooManyRequests)).Should().Be("tooMuch");
    }

    [Fact]
    public async Task Files_count_as_messages_do()
    {
        await using var host = await ApiHost.Start();
        var visitor = await ChatClient.Begin(host);
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 40; i++)
        {
            answers.Add((await visitor.Bring(Png, "image/png", "a.png")).StatusCode);
        }

        answers.Count(a => a == HttpStatusCode.OK).Should().BeInRange(12, 39);
        answers.Should().Contain(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "image/png", "a.png")]
    [InlineData("<script>alert(1)</script>", "text/html", "a.html")]
    [InlineData("<svg onload='alert(1)'/>", "image/svg+xml", "a.svg")]
    public async Task What_could_act_is_a_document_to_everybody_and_never_a_page_of_this_host(string text, string claimed, string name)
    {
        await using var host = await ApiHost.Start();
        var visitor = await ChatClient.Begin(host);
        await visitor.Send(await visitor.Receipt(Encoding.UTF8.GetBytes(text), claimed, name), null);
        var message = (await visitor.Thread()).GetProperty("messages")[0];
        message.GetProperty("kind").GetString().Should().Be("document");

        foreach (var answer in new[] { await visitor.Open(message.GetProperty("id").GetGuid()), await host.As("agent").GetAsync($"/api/messages/{message.GetProperty("id").GetGuid()}/media") })
        {
            answer.Content.Headers.ContentType!.MediaType.Should().Be("application/octet-stream");
            answer.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        }
    }

    [Fact]
    public async Task A_picture_is_shown_in_place_with_nothing_that_could_act()
    {
        await using var host = await ApiHost.Start();
        var visitor = await ChatClient.Begin(host);
        await visitor.Send(await visitor.Receipt(Png, "application/x-anything", "a"), null);
        var id = (await visitor.Thread()).GetProperty("messages")[0].GetProperty("id").GetGuid();

        var shown = await visitor.Open(id);

        shown.Content.Headers.ContentType!.MediaType.Should().Be("image/png", "its bytes say so");
        shown.Content.Headers.ContentDisposition.Should().BeNull();
        shown.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        shown.Headers.GetValues("Content-Security-Policy").Should().Equal("sandbox; default-src 'none'");
        shown.Headers.GetValues("Cross-Origin-Resource-Policy").Should().Equal("same-origin");
        shown.Headers.CacheControl!.Private.Should().BeTrue();
        (await visitor.Open(id, "?download=true")).Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
    }

    private static async Task<string?> Code(HttpResponseMessage answer, HttpStatusCode status)
    {
        answer.StatusCode.Should().Be(status);
        return (await answer.Content.ReadAsStringAsync()) is { Length: > 0 } text ? JsonDocument.Parse(text).RootElement.GetProperty("code").GetString() : null;
    }

    private static string[] Files(ApiHost host) => host.MediaFolder is var folder && Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [];

    private static ByteArrayContent Octets(byte[] bytes) => new(bytes) { Headers = { ContentType = new("application/octet-stream") } };

    /// <summary>A body that does not say how long it is.</summary>
    private sealed class Endless : HttpContent
    {
        public Endless() => Headers.ContentType = new("application/octet-stream");

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(Png).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
