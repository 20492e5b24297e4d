using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>A conversation of more messages than are loaded at once.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class LongThreadTests(Stage stage)
{
    private const string Lead = "Noelia Largo";

    /// <summary>Which bubble stands first in sight, counted from the end: earlier messages change nothing of that.</summary>
    private const string FirstInSight =
        """
        talk => {
          const top = talk.getBoundingClientRect().top;
          const bubbles = [...talk.querySelectorAll('.bubble')];
          return bubbles.length - bubbles.findIndex(b => b.getBoundingClientRect().bottom > top);
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
        await using var ana = await stage.Visit();
        await ana.SignIn(Stage.Ana);
        await (await LeadByApi.Join(machine, lead)).Say(["Hola", "Quiero hablar con una persona", .. Enumerable.Range(0, 130).Select(i => $"mensaje {i}")]);
        var desk = new Desk(ana.Page);
        await ana.Page.GetByTestId("search").FillAsync(lead);
        await desk.Choose("waiting");
        await Expect(desk.Row(lead)).ToContainTextAsync("mensaje 129");
        await desk.Open(lead);
        await desk.Says("mensaje 129");
        var talk = ana.Page.GetByTestId("messages");
        var loaded = await desk.Bubbles.CountAsync();
        await talk.EvaluateAsync("talk => { talk.scrollTop = 60; }");
        var read = await talk.EvaluateAsync<int>(FirstInSight);

        await talk.EvaluateAsync($"talk => {{ talk.scrollTop = {scrolledTo}; }}");
        await Expect(desk.Bubbles).Not.ToHaveCountAsync(loaded);

        (await talk.EvaluateAsync<int>(FirstInSight) - read).Should().BeInRange(0, 2, "where the button and the day stood are bubbles now");
        (await talk.EvaluateAsync<double>("talk => talk.scrollTop")).Should().BeGreaterThan(500, "a page of messages stands above now");
        ana.Errors.Should().BeEmpty();
    }
}
