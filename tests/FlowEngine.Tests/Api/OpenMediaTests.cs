using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Media;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Api;

/// <summary>What a lead has sent, for those who answer.</summary>
public sealed class OpenMediaTests
{
    [Fact]
    public async Task An_agent_sees_a_picture_in_place_and_nothing_in_it_can_act()
    {
        await using var host = await ApiHost.Start();
        host.Download = Bringing(host, "a picture");
        var message = await Said(host, "image", new MediaRef("4711", "image/png"));

        var answer = await host.As("agent").GetAsync($"/api/messages/{message}/media");

        (await answer.Content.ReadAsStringAsync()).Should().Be("a picture");
        answer.Content.Headers.ContentType!.MediaType.Should().Be("image/png");
        answer.Content.Headers.ContentDisposition.Should().BeNull();
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        answer.Headers.GetValues("Content-Security-Policy").Should().Contain(p => p.Contains("sandbox", StringComparison.Ordinal));
        answer.Headers.CacheControl!.Private.Should().BeTrue();

        using var part = new HttpRequestMessage(HttpMethod.Get, $"/api/messages/{message}/media");
        part.Headers.Range = new RangeHeaderValue(2, 4);
        var range = await host.As("agent").SendAsync(part);
        range.StatusCode.Should().Be(HttpStatusCode.PartialContent, "sound and film are wound");
        (await range.Content.ReadAsStringAsync()).Should().Be("pic");
    }

    [Theory]
    [InlineData("text/html", "page.html")]
    [InlineData("image/svg+xml", "drawing.svg")]
    [InlineData("application/pdf", "plano.pdf")]
    [InlineData(null, null)]
    public async Task Everything_else_is_downloaded_and_of_no_kind_that_a_browser_opens(string? type, string? name)
    {
        await using var host = await ApiHost.Start();
        host.Download = Bringing(host, "<script>alert(1)</script>");
        var message = await Said(host, "document", new MediaRef("4711", type, name));

        var answer = await host.As("agent").GetAsync($"/api/messages/{message}/media");

        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/octet-stream");
        answer.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        (answer.Content.Headers.ContentDisposition.FileNameStar ?? answer.Content.Headers.ContentDisposition.FileName).Should().Be(name ?? message.ToString("N"));
    }

    [Fact]
    public async Task Only_who_is_signed_in_gets_it_and_what_is_gone_is_said()
    {
        await using var host = await ApiHost.Start();
        var message = await Said(host, "image", new MediaRef("4711", "image/png"));
        var words = await Said(host, "text", null);

        (await host.Anonymous().GetAsync($"/api/messages/{message}/media")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        var gone = await host.As("agent").GetAsync($"/api/messages/{message}/media");
        gone.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await ApiHost.Json(gone)).GetProperty("code").GetString().Should().Be("mediaGone");
        (await host.As("agent").GetAsync($"/api/messages/{words}/media")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await host.As("agent").GetAsync($"/api/messages/{Guid.NewGuid()}/media")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private static DownloadMedia Bringing(ApiHost host, string bytes) => async (_, _, most, cancel) =>
        new Download.Fetched((await host.Services.GetRequiredService<MediaFiles>().Write(new MemoryStream(Encoding.UTF8.GetBytes(bytes)), most, cancel))!.Value, null);

    /// <summary>A lead's message, turned; answers its id.</summary>
    private static async Task<Guid> Said(ApiHost host, string kind, MediaRef? media)
    {
        var conversation = await host.NewLead();
        var (ids, key) = (host.Services.GetRequiredService<Ids>(), kind);
        var said = new LeadMessage($"wamid.{key}", host.Clock.GetUtcNow(), new MessageContent { Kind = kind, Text = "hi", Media = media });
        await host.Services.GetRequiredService<Intake>().Accept([new NewEvent(ids.Next(), $"ventas:{key}", said) { ConversationId = conversation }], default);
        while (true)
        {
            var messages = await ApiHost.Json(await host.As("agent").GetAsync($"/api/conversations/{conversation}/messages"));
            foreach (var message in messages.GetProperty("items").EnumerateArray())
            {
                if (message.GetProperty("content").GetProperty("kind").GetString() == kind)
                {
                    return message.GetProperty("id").GetGuid();
                }
            }
        }
    }
}
