using FlowEngine.Engine.Ai;
using FlowEngine.Server.Knowledge;

namespace FlowEngine.Tests.Knowledge;

public sealed class QuotingModelTests
{
    private static readonly Guid Hours = new("01890000-0000-7000-8000-000000000001");
    private static readonly Guid Shop = new("01890000-0000-7000-8000-000000000002");
    private static readonly ModelFunction[] Replying = [new("answer", "", "{}"), new("ask", "", "{}"), new("hand_off", "", "{}")];

    [Fact]
    public async Task It_says_the_best_passage_word_by_word_and_names_it_as_its_source()
    {
        var reply = await Ask(new Passage(Hours, "Horario", "Abrimos de *9 a 5*.", 0.9), new Passage(Shop, "Tienda", "Calle Mayor.", 0.5));

        var called = reply.Should().BeOfType<ModelReply.Called>().Subject;
        called.Function.Should().Be("answer");
        called.Arguments.ToJsonString().Should().Be("""{"text":"Abrimos de *9 a 5*.","sources":[1]}""");
    }

    [Fact]
    public async Task Where_no_passage_fits_surely_a_person_is_asked()
    {
        string[] asked =
        [
            Function(await Ask()),
            Function(await Ask(new Passage(Hours, "Horario", "Abrimos.", 0.59))),
            Function(await Ask(new Passage(Hours, "Horario", "Abrimos.", 0.9), new Passage(Shop, "Tienda", "Abre.", 0.89))),
        ];

        asked.Should().OnlyContain(function => function == "hand_off");
    }

    [Fact]
    public async Task Two_passages_of_one_article_are_no_doubt() =>
        Function(await Ask(new Passage(Hours, "Horario", "Abrimos.", 0.9), new Passage(Hours, "Horario", "Cerramos.", 0.9))).Should().Be("answer");

    [Fact]
    public void A_long_passage_ends_at_a_sentence() =>
        Quotation.From([new Passage(Hours, "Horario", string.Concat(Enumerable.Repeat("Una frase entera. ", 100)), 0.9)], KnowledgeOptions.Default)!
            .Text.Should().HaveLength(989).And.EndWith("entera.");

    [Fact]
    public async Task What_needs_a_language_model_is_not_configured()
    {
        var reply = await new QuotingModel(KnowledgeOptions.Default).Ask(new ModelRequest { Instructions = "", Question = "x", Functions = [new("choose", "", "{}")] }, CancellationToken.None);

        reply.Should().BeOfType<ModelReply.Failed>().Which.Failure.Should().Be(ModelFailure.NotConfigured);
    }

    private static ValueTask<ModelReply> Ask(params Passage[] passages) => new QuotingModel(KnowledgeOptions.Default).Ask(
        new ModelRequest { Instructions = "", Question = "¿Cuándo abren?", Passages = passages, Functions = Replying }, CancellationToken.None);

    private static string Function(ModelReply reply) => ((ModelReply.Called)reply).Function;
}
