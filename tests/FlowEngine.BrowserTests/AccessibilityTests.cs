using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace FlowEngine.BrowserTests;

[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class AccessibilityTests(Stage stage)
{
    [SkippableFact]
    public async Task The_sign_in_form_has_no_serious_barrier()
    {
        stage.Require();
        await using var visitor = await stage.Visit();
        await visitor.Page.GotoAsync("/account/login");
        await visitor.Picture("login");

        string.Join('\n', Barriers(await visitor.Page.RunAxe())).Should().BeEmpty();
    }

    [SkippableTheory]
    [InlineData(1440, 900, "inbox-desk")]
    [InlineData(390, 844, "inbox-mobile")]
    public async Task The_inbox_with_an_open_conversation_has_no_serious_barrier(int width, int height, string picture)
    {
        stage.Require();
        var lead = $"Lucía {width}";
        await using var ana = await stage.Visit(width: width, height: height);
        await using var lucia = await stage.Visit(width: 900, height: 860);
        var (desk, phone) = (new Desk(ana.Page), new Phone(lucia.Page));
        await ana.SignIn(Stage.Ana);
        await phone.Join(lead);
        await phone.Write("Hola");
        await phone.Gets("¿Cómo te llamas?");
        await desk.Choose("automated");
        await desk.Open(lead);
        await desk.Says("¿Cómo te llamas?");
        await ana.Picture(picture);

        string.Join('\n', Barriers(await ana.Page.RunAxe())).Should().BeEmpty();
    }

    internal static IEnumerable<string> Barriers(AxeResult result) =>
        result.Violations.Where(v => v.Impact is "serious" or "critical")
            .SelectMany(v => v.Nodes.Select(n => $"{v.Impact} {v.Id}: {n.Html}"));
}
