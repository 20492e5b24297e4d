using System.Diagnostics;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class HandoffTests(Stage stage, ITestOutputHelper output)
{
    [SkippableFact]
    public async Task A_lead_is_qualified_by_the_flow_and_taken_over_by_people_who_see_each_other_act()
    {
        stage.Require();
        const string lead = "Marta Gil";
        await using var ana = await stage.Visit();
        await using var bruno = await stage.Visit("pt-BR");
        await using var marta = await stage.Visit(width: 900, height: 860);
        await Task.WhenAll(ana.SignIn(Stage.Ana), bruno.SignIn(Stage.Bruno));
        var (anasDesk, brunosDesk, phone) = (new Desk(ana.Page), new Desk(bruno.Page), new Phone(marta.Page));

        await QualifiedByTheFlow(lead, phone, marta, anasDesk, brunosDesk, ana);
        await ClaimedAndAnswered(lead, phone, anasDesk, brunosDesk, ana, marta);
        await TransferredAndFinalized(lead, anasDesk, brunosDesk, bruno);
        await WritesAgain(lead, phone, brunosDesk, bruno);

        ana.Errors.Concat(bruno.Errors).Concat(marta.Errors).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_person_who_takes_over_in_the_middle_of_the_flow_is_the_only_one_who_speaks_afterwards()
    {
        stage.Require();
        const string lead = "Pablo Ruiz";
        await using var ana = await stage.Visit();
        await using var pablo = await stage.Visit(width: 900, height: 860);
        await ana.SignIn(Stage.Ana);
        var (desk, phone) = (new Desk(ana.Page), new Phone(pablo.Page));
        await phone.Join(lead);
        await phone.Write("Hola");
        await phone.Gets("¿Cómo te llamas?");

        await desk.Choose("automated");
        await desk.Open(lead);
        await desk.Claim();
        await Expect(desk.Composer).ToBeFocusedAsync();
        await desk.Reply("Hola, soy Ana. Te atiendo yo.");
        await phone.Gets("soy Ana");
        var said = await phone.Received.CountAsync();
        await phone.Write("Pablo");
        await desk.Says("Pablo");
        await desk.Reply("Gracias, Pablo.");
        await phone.Gets("Gracias, Pablo.");

        (await phone.Received.CountAsync()).Should().Be(said + 1, "only Ana answers");
        await desk.StandsIn("open");

        await Expect(desk.Verb("no-answer-needed")).ToHaveCountAsync(0);
        await phone.Write("¡Gracias a ti!");
        await desk.Says("¡Gracias a ti!");
        await ana.Picture("inbox-thanked");
        await desk.Verb("no-answer-needed").ClickAsync();
        await Expect(desk.Verb("no-answer-needed")).ToHaveCountAsync(0);
        await desk.StandsIn("open");
    }

    private async Task QualifiedByTheFlow(string lead, Phone phone, Visitor marta, Desk anasDesk, Desk brunosDesk, Visitor ana)
    {
        await phone.Join(lead);
        await phone.Write("Buenas");
        await phone.Gets("¿Cómo te llamas?");
        await anasDesk.Choose("automated");
        await anasDesk.Shows(lead);
        await anasDesk.Choose("waiting");
        await brunosDesk.Choose("waiting");
        await anasDesk.NoLongerShows(lead);

        await phone.AnswerFromName(lead);

        var clock = Stopwatch.StartNew();
        await Task.WhenAll(anasDesk.Shows(lead), brunosDesk.Shows(lead));
        output.WriteLine($"Both desks showed the handoff {clock.ElapsedMilliseconds} ms after the phone showed the flow's last words.");
        await anasDesk.Open(lead);
        await anasDesk.Says("Te paso con una persona");
        await anasDesk.StandsIn("waiting");
        await ana.Picture("inbox-waiting");
    }

    private async Task ClaimedAndAnswered(string lead, Phone phone, Desk anasDesk, Desk brunosDesk, Visitor ana, Visitor marta)
    {
        await anasDesk.Claim();
        var clock = Stopwatch.StartNew();
        await Expect(brunosDesk.Row(lead)).ToContainTextAsync(Stage.Ana.Name);
        output.WriteLine($"Bruno saw Ana's claim after {clock.ElapsedMilliseconds} ms.");

        await anasDesk.Reply("Hola, Marta. Te preparo el presupuesto ahora mismo.");
        await phone.Gets("Te preparo el presupuesto");
        await anasDesk.StandsIn("open");
        await brunosDesk.NoLongerShows(lead);
        await brunosDesk.Choose("open");
        await brunosDesk.Shows(lead);
        await phone.Write("¡Genial, gracias!");
        await anasDesk.Says("¡Genial, gracias!");
        await anasDesk.Choose("open");
        await anasDesk.Shows(lead);
        await ana.Picture("inbox-open");
        await marta.Picture("phone", forTheReadme: true);
    }

    private static async Task TransferredAndFinalized(string lead, Desk anasDesk, Desk brunosDesk, Visitor bruno)
    {
        await anasDesk.TransferTo(Stage.Bruno);
        await brunosDesk.Open(lead);
        await Expect(brunosDesk.Row(lead)).Not.ToContainTextAsync(Stage.Ana.Name);
        await brunosDesk.StandsIn("open");
        await brunosDesk.Reply("Marta, soy Bruno y sigo yo con tu presupuesto.");

        await brunosDesk.Finalize();
        await brunosDesk.StandsIn("finished");
        await bruno.Picture("inbox-finished");
        await anasDesk.Choose("finished");
        await anasDesk.Shows(lead);
    }

    private static async Task WritesAgain(string lead, Phone phone, Desk brunosDesk, Visitor bruno)
    {
        await phone.Write("Una pregunta más: ¿tardará mucho?");
        await brunosDesk.Says("¿tardará mucho?");
        await brunosDesk.StandsIn("waiting");
        await Expect(bruno.Page.GetByTestId("episode").Last).ToContainTextAsync("2");
        await brunosDesk.Choose("waiting");
        await brunosDesk.Shows(lead);
    }
}
