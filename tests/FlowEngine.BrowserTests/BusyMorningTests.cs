using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace FlowEngine.BrowserTests;

[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class BusyMorningTests(Stage stage)
{
    private static readonly string[] Leads = ["Sofía Navarro", "Diego Paredes", "Valentina Cruz", "Tomás Aguilar", "Camila Ortega"];

    [SkippableFact]
    public async Task Who_waits_longest_stands_first_and_stays_there_while_others_arrive()
    {
        stage.Require();
        await using var ana = await stage.Visit();
        await ana.SignIn(Stage.Ana);
        var desk = new Desk(ana.Page);
        await desk.Choose("waiting");
        using var machine = stage.Machine();
        foreach (var lead in Leads)
        {
            await AskForAPerson(machine, lead);
            await desk.Shows(lead);
        }

        var names = await ana.Page.GetByTestId("row").AllInnerTextsAsync();
        var order = names.SelectMany(text => Leads.Where(lead => text.Contains(lead, StringComparison.Ordinal)));
        order.Should().Equal(Leads);

        await desk.Open(Leads[0]);
        await desk.Says("Quiero hablar con una persona");
        await desk.Reply("Hola, Sofía. Soy Ana, dime en qué te ayudo.");
        await desk.Choose("waiting");
        await ana.Picture("inbox", forTheReadme: true);
    }

    /// <summary>The lead greets, the flow asks, and the lead wants a person instead.</summary>
    private static async Task AskForAPerson(HttpClient machine, string name)
    {
        using var joined = await machine.PostAsJsonAsync("/wasim/api/people", new { name });
        var id = (await joined.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<string>();
        foreach (var text in new[] { "Hola, buenos días", "Quiero hablar con una persona" })
        {
            using var written = await machine.PostAsJsonAsync($"/wasim/api/people/{id}/messages", new { text });
            written.EnsureSuccessStatusCode();
        }
    }
}
