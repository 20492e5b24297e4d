using System.Diagnostics;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>What people at their desks see of a new version that is put in place under them.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class DeploymentTests(Stage stage, ITestOutputHelper output)
{
    [SkippableFact]
    public async Task A_desk_is_back_by_itself_with_its_draft_its_tab_and_its_conversation()
    {
        stage.Require();
        await using var server = await Stage.ServerOfItsOwn();
        await using var ana = await stage.Visit(at: server.Address);
        await using var marta = await stage.Visit(width: 900, height: 860, at: server.Address);
        await ana.SignIn(Stage.Admin);
        var (desk, phone) = (new Desk(ana.Page), new Phone(marta.Page));
        await phone.Join("Marta Gil");
        await phone.Write("Hola");
        await phone.Gets("¿Cómo te llamas?");
        await desk.Choose("automated");
        await desk.Open("Marta Gil");
        await desk.Claim();
        await desk.StandsIn("waiting");
        await desk.NoLongerShows("Marta Gil");
        await desk.Composer.FillAsync("Hola, Marta: te iba a");

        var lost = ana.Page.Locator("#components-reconnect-modal");
        var clock = Stopwatch.StartNew();
        await server.Stop();
        output.WriteLine($"The server had stopped after {clock.ElapsedMilliseconds} ms.");
        await Expect(lost).ToBeVisibleAsync();
        await ana.Picture("desk-lost");
        await server.Run();
        clock.Restart();

        await Expect(lost).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await Expect(desk.Composer).ToHaveValueAsync("Hola, Marta: te iba a", new() { Timeout = 60_000 });
        await desk.IsReady();
        output.WriteLine($"The desk was back {clock.ElapsedMilliseconds} ms after a server was ready.");
        await desk.StandsIn("waiting");
        await Expect(ana.Page.GetByTestId("tab-automated")).ToHaveAttributeAsync("aria-selected", "true");
        await desk.Reply("Hola, Marta: te iba a escribir.");
        await phone.Gets("Hola, Marta: te iba a escribir.");
        await desk.StandsIn("open");
    }
}
