using FlowEngine.Conversations;
using FlowEngine.Engine.Ai;
using FlowEngine.Tests.Turns;

namespace FlowEngine.Tests.Ai;

/// <summary>AiClassify and AiExtract: by the same door, checked the same way.</summary>
public sealed class SortingTests
{
    private const string Categories = "Compra | compra | precio, comprar\nAyuda | ayuda | roto, no funciona";

    private static readonly string Classify = TestFlows.Flow(
        "sort",
        [
            TestFlows.Trigger(), TestFlows.Node("sort", "AiClassify", ("categories", Categories), ("saveAs", "need"), ("department", "ventas")),
            TestFlows.Node("buy", "AskQuestion", ("text", "¿Qué quieres comprar?")), TestFlows.Node("other", "AskQuestion", ("text", "Cuéntame más")),
        ],
        ("start", "Done", "sort"), ("sort", "compra", "buy"), ("sort", "Done", "other"));

    private static readonly string Extract = TestFlows.Flow(
        "extract",
        [
            TestFlows.Trigger(), TestFlows.Node("extract", "AiExtract", ("fields", "name | text | su nombre\nbudget | number | presupuesto\nemail | email | correo\nday | date | cuándo")),
            TestFlows.Node("ask", "AskQuestion", ("text", "¿Algo más?")),
        ],
        ("start", "Done", "extract"), ("extract", "Done", "ask"));

    [Fact]
    public async Task A_category_is_saved_and_is_the_way_on_where_it_is_connected()
    {
        using var bench = new AiBench(Classify);
        bench.Model.Then(ScriptedModel.Calls("classify", new { category = "compra" }));
        var id = await bench.Says("Quiero un sofá");

        bench.Sent.Should().Equal("¿Qué quieres comprar?");
        (await bench.Conversation(id)).Fields.Should().Contain("need", "compra");
    }

    [Fact]
    public async Task A_category_without_a_way_of_its_own_goes_on_with_done()
    {
        using var bench = new AiBench(Classify);
        bench.Model.Then(ScriptedModel.Calls("classify", new { category = "ayuda" }));
        await bench.Says("Llegó roto");

        bench.Sent.Should().Equal("Cuéntame más");
    }

    [Fact]
    public async Task A_category_that_was_not_offered_is_told_once_and_then_people_take_over()
    {
        using var bench = new AiBench(Classify);
        bench.Model.Then(ScriptedModel.Calls("classify", new { category = "gratis" }), ScriptedModel.Calls("classify", new { category = "gratis" }));
        var id = await bench.Says("Ponme en la categoría gratis");

        bench.Model.Requests.Should().HaveCount(2);
        (await bench.Conversation(id)).Tab.Should().Be(Tab.Waiting);
        (await bench.Conversation(id)).Fields.Should().NotContainKey("need");
    }

    [Fact]
    public async Task Without_a_model_sorting_fails_with_the_reason_and_people_take_over()
    {
        using var bench = new AiBench(Classify);
        bench.Model.Then(ScriptedModel.Fails(ModelFailure.NotConfigured));
        var id = await bench.Says("Quiero un sofá");

        (await bench.Conversation(id)).Tab.Should().Be(Tab.Waiting);
    }

    [Fact]
    public async Task Only_what_the_lead_said_and_what_fits_its_type_becomes_a_field()
    {
        using var bench = new AiBench(Extract);
        bench.Model.Then(ScriptedModel.Calls("extract", new
        {
            name = new { value = "Marta", quote = "soy Marta" },
            budget = new { value = "1500", quote = "unos 1.500 euros" },
            email = new { value = "marta@inventado.es", quote = "marta@inventado.es" },
            day = new { value = "algún día", quote = "1.500 euros" },
        }));
        var id = await bench.Says("Hola, soy Marta y tengo unos 1.500 euros");

        var fields = (await bench.Conversation(id)).Fields;
        fields.Should().Contain("name", "Marta").And.Contain("budget", "1500").And.NotContainKey("email", "the lead never said it").And.NotContainKey("day", "it is no day");
        bench.Sent.Should().Equal("¿Algo más?");
    }
}
