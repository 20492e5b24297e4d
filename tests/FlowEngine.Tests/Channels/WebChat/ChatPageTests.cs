using System.Net;
using System.Text.RegularExpressions;
using FlowEngine.Tests.Api;

namespace FlowEngine.Tests.Channels.WebChat;

public sealed partial class ChatPageTests : IAsyncLifetime
{
    private ApiHost host = null!;

    public async Task InitializeAsync() => host = await ApiHost.Start();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("/chat")]
    [InlineData("/chat/web")]
    public async Task The_page_may_be_framed_by_the_connections_sites_and_runs_nothing_but_its_own(string path)
    {
        var answer = await host.Anonymous().GetAsync(path);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        var policy = PolicyOf(answer);
        policy.Should().EndWith("frame-ancestors 'self' https://shop.example").And.StartWith("default-src 'none'; script-src 'self'; style-src 'self'");
        policy.Should().NotContain("unsafe").And.NotContain("*");
        var page = await answer.Content.ReadAsStringAsync();
        page.Should().Contain("<title>Web &lt;chat&gt;</title>").And.Contain("data-connection=\"web\"").And.NotContain("{");
    }

    [Theory]
    [InlineData("/chat/nowhere")]
    [InlineData("/chat/ventas")]
    [InlineData("/chat/nowhere/sample")]
    public async Task Where_there_is_no_chat_there_is_no_page(string path) => (await host.Anonymous().GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("/account/login")]
    [InlineData("/api/conversations?tab=waiting")]
    [InlineData("/health/live")]
    [InlineData("/chat/nowhere")]
    [InlineData("/chat/web/sample")]
    [InlineData("/chat/web/messages")]
    [InlineData("/docs")]
    public async Task Nothing_else_of_the_server_may_be_framed(string path)
    {
        var answer = await host.Anonymous().GetAsync(path);

        PolicyOf(answer).Should().EndWith("frame-ancestors 'self'");
    }

    [Theory]
    [InlineData("chat.js", "text/javascript", "same-origin")]
    [InlineData("thread.js", "text/javascript", "same-origin")]
    [InlineData("tray.js", "text/javascript", "same-origin")]
    [InlineData("blobs.js", "text/javascript", "same-origin")]
    [InlineData("chat.css", "text/css", "same-origin")]
    [InlineData("widget.js", "text/javascript", "cross-origin")]
    public async Task A_file_is_sent_once_and_not_again_while_it_is_the_same(string name, string type, string forWhom)
    {
        var client = host.Anonymous();
        var first = await client.GetAsync($"/chat/{name}");
        first.Content.Headers.ContentType!.MediaType.Should().Be(type);
        first.Headers.GetValues("Cross-Origin-Resource-Policy").Should().Equal(forWhom);

        client.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);

        (await client.GetAsync($"/chat/{name}")).StatusCode.Should().Be(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task The_page_says_the_same_in_three_languages()
    {
        var words = await host.Anonymous().GetStringAsync("/chat/words.js");

        var languages = Language().Matches(words).Select(match => Word().Matches(match.Value).Select(word => word.Groups[1].Value).ToList()).ToList();

        languages.Should().HaveCount(3);
        languages[0].Should().HaveCountGreaterThan(40).And.Contain("tooLargeFile");
        languages.Should().OnlyContain(words => words.SequenceEqual(languages[0]));
    }

    [GeneratedRegex(@"^  \w{2}: \{$(.*?)^  \},$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Language();

    [GeneratedRegex(@"(\w+): '[^']+',")]
    private static partial Regex Word();

    private static string PolicyOf(HttpResponseMessage answer) => answer.Headers.GetValues("Content-Security-Policy").Single();
}
