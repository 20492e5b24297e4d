using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace FlowEngine.BrowserTests;

[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class StartPageTests(Stage stage)
{
    private const int SmallEnough = 2_000;

    [SkippableFact]
    public async Task The_inbox_loads_nothing_from_elsewhere_and_its_scripts_and_styles_come_compressed()
    {
        stage.Require();
        await using var visitor = await stage.Visit();
        var answers = new ConcurrentQueue<IResponse>();
        visitor.Page.Response += (_, answer) => answers.Enqueue(answer);

        await visitor.SignIn(Stage.Ana);

        answers.Should().NotBeEmpty();
        answers.Where(a => new Uri(a.Url).Host != stage.Address.Host).Select(a => a.Url).Should().BeEmpty();
        answers.Where(a => a.Status >= 400).Select(a => $"{a.Status} {a.Url}").Should().BeEmpty();
        var plain = await Task.WhenAll(answers.Where(IsCode).Select(Uncompressed));
        plain.OfType<string>().Should().BeEmpty();
    }

    private static bool IsCode(IResponse answer) => answer.Request.ResourceType is "script" or "stylesheet" && answer.Status == 200;

    /// <summary>The address when the file is large and came as it is.</summary>
    private static async Task<string?> Uncompressed(IResponse answer)
    {
        var encoding = await answer.HeaderValueAsync("content-encoding");
        return encoding is "br" or "gzip" || (await answer.BodyAsync()).Length < SmallEnough ? null : answer.Url;
    }
}
