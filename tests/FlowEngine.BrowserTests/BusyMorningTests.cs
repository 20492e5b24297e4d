using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class BusyMorningTests(Stage stage)
{
    private const string First = "Sofía Navarro";

    private static readonly string[] Others = ["Diego Paredes", "Valentina Cruz", "Tomás Aguilar", "Camila Ortega"];

    [SkippableFact]
    public async Task Who_waits_longest_stands_first_and_stays_there_while_others_arrive()
    {
        stage.Require();
        await using var ana = await stage.Visit();
        await using var sofia = await stage.Visit();
        await ana.SignIn(Stage.Ana);
        var (desk, phone) = (new Desk(ana.Page), new Phone(sofia.Page));
        await desk.Choose("waiting");

        await phone.Join(First);
        await phone.Write("Buenos días");
        await phone.Gets("¿Cómo te llamas?");
        await phone.AnswerFromName(First);
        await desk.Shows(First);
        await desk.Open(First);
        using var machine = stage.Machine();
        foreach (var lead in Others)
        {
            await (await LeadByApi.Join(machine, lead)).Say("Hola, buenos días", "Quiero hablar con una persona");
            await desk.Shows(lead);
        }

        string[] wanted = [First, .. Others];
        await Expect(ana.Page.GetByTestId("row").Filter(new() { HasTextRegex = new(string.Join('|', wanted)) })).ToContainTextAsync(wanted);
        await ana.Page.Mouse.MoveAsync(700, 20); // a notice under the pointer stays
        await Expect(ana.Page.Locator(".mud-snackbar")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await ana.Picture("inbox", forTheReadme: true);
    }
}
