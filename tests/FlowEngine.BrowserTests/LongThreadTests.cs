using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>A conversation of more messages than are loaded at once.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class LongThreadTests(Stage stage)
{
    private const string Lead = "Noelia Largo";

    private const string FirstInSight =
        """
        talk => {
          const top = talk.getBoundingClientRect().top;
          return [...talk.querySelectorAll('.bubble')].find(b => b.getBoundingClientRect().bottom > top).querySelector('.bubble__text').textContent;
        }
        """;

    [SkippableTheory]
    [InlineData(10)]
    [InlineData(0)]
    public async Task What_is_being_read_stays_in_sight_when_earlier_messages_come(int scrolledTo)
    {
        stage.Require();
        using var machine = stage.Machine();
        var lead = $"{Lead} {scrolledTo}";
        await Write(machine, lead, 130);
        await using var ana = await stage.Visit();
        await ana.SignIn(Stage.Ana);
        var desk = new Desk(ana.Page);
        await ana.Page.GetByTestId("search").FillAsync(lead);
        await desk.Choose("waiting");
        await Expect(desk.Row(lead)).ToContainTextAsync("mensaje 129", new() { Timeout = 120_000 });
        await desk.Open(lead);
        await desk.Says("mensaje 129");
        var talk = ana.Page.GetByTestId("messages");
        var loaded = await desk.Bubbles.CountAsync();
        await talk.EvaluateAsync("talk => { talk.scrollTop = 60; }");
        var read = await talk.EvaluateAsync<string>(FirstInSight);

        await talk.EvaluateAsync($"talk => {{ talk.scrollTop = {scrolledTo}; }}");
        await Expect(desk.Bubbles).Not.ToHaveCountAsync(loaded);

        (Number(read) - Number(await talk.EvaluateAsync<string>(FirstInSight))).Should().BeInRange(0, 2, "where the button and the day stood are bubbles now");
        (await talk.EvaluateAsync<double>("talk => talk.scrollTop")).Should().BeGreaterThan(500, "a page of messages stands above now");
        ana.Errors.Should().BeEmpty();
    }

    private static int Number(string text) => int.Parse(text.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task Write(HttpClient machine, string name, int messages)
    {
        using var joined = await machine.PostAsJsonAsync("/wasim/api/people", new { name });
        var id = (await joined.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<string>();
        foreach (var text in new[] { "Hola", "Quiero hablar con una persona" }.Concat(Enumerable.Range(0, messages).Select(i => $"mensaje {i}")))
        {
            using var written = await machine.PostAsJsonAsync($"/wasim/api/people/{id}/messages", new { text });
            written.EnsureSuccessStatusCode();
        }
    }
}
