using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>A conversation in Error, and each button that leads out of it.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class RepairTests(Stage stage)
{
    [SkippableFact]
    public async Task A_rejected_token_is_one_banner_with_its_cure_and_a_saved_connection_sends_what_waited()
    {
        stage.Require();
        await using var alma = await stage.Visit();
        await using var lead = await stage.Visit(width: 900, height: 860);
        await alma.SignIn(Stage.Admin);
        var (desk, phone) = (new Desk(alma.Page), new Phone(lead.Page));
        await using var provider = await RefusingProvider.Begin(stage, 401, 190);
        await phone.Join("Olga Paz");
        await phone.Write("Hola");
        await desk.Choose("error");
        await desk.Open("Olga Paz");
        await desk.StandsIn("error");
        await Expect(alma.Page.GetByTestId("incident")).ToHaveAttributeAsync("data-category", "auth");
        await Expect(alma.Page.GetByTestId("cure")).ToBeVisibleAsync();
        await Expect(alma.Page.GetByTestId("pause-cure")).ToBeVisibleAsync();
        await desk.Choose("waiting");
        await Expect(alma.Page.GetByTestId("error-strip")).ToBeVisibleAsync();
        await alma.Picture("repair-token");
        await alma.Page.GetByTestId("error-strip").ClickAsync();
        await desk.Shows("Olga Paz");

        await provider.Cure();

        await phone.Gets("¿Cómo te llamas?");
        await desk.StandsIn("automated");
        await Expect(alma.Page.GetByTestId("pause")).ToHaveCountAsync(0);
        alma.Errors.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_message_that_was_refused_for_good_leaves_error_by_each_button()
    {
        stage.Require();
        await using var ana = await stage.Visit();
        await ana.SignIn(Stage.Ana);
        await Leaves(ana, "Rita Sol", "retry", cured: true, "automated");
        await Leaves(ana, "Saúl Mar", "skip", cured: false, "automated");
        await Leaves(ana, "Tina Río", "dismiss", cured: false, "waiting");
        await Leaves(ana, "Ugo Lis", "take-over", cured: false, "waiting");
        ana.Errors.Should().BeEmpty();

        await using var alma = await stage.Visit();
        await alma.SignIn(Stage.Admin);
        await alma.Open("/failures", "failures");
        await alma.Page.GetByTestId("only-open").UncheckAsync();
        await Expect(alma.Page.GetByTestId("failure").Filter(new() { HasText = "Rita Sol" }).First).ToBeVisibleAsync();
        await alma.Picture("failures");
    }

    private async Task Leaves(Visitor ana, string name, string verb, bool cured, string tab)
    {
        await using var lead = await stage.Visit(width: 900, height: 860);
        var (desk, phone) = (new Desk(ana.Page), new Phone(lead.Page));
        await using (var provider = await RefusingProvider.Begin(stage, 400, 131026))
        {
            await phone.Join(name);
            await phone.Write("Hola");
            await desk.Choose("error");
            await desk.Open(name);
            await desk.StandsIn("error");
            await ana.Picture($"repair-{verb}");
            if (cured)
            {
                await provider.Cure();
            }

            await ana.Page.GetByTestId("incident").GetByTestId(verb).ClickAsync();
            if (verb == "dismiss")
            {
                await ana.Page.Locator("#reason").FillAsync("lo llamo yo");
                await ana.Page.GetByTestId("confirm").ClickAsync();
            }

            await desk.StandsIn(tab);
        }
    }
}
