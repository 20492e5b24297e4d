using CsCheck;
using FlowEngine.Engine.ConversationActivities.Answers;

namespace FlowEngine.Tests.ConversationActivities.Answers;

public sealed class ChoiceAnswerTests
{
    private static readonly IReadOnlyList<ChoiceOption> Options = ChoiceList.Read("Ventas | ventas | comprar, precios\nSoporte técnico | soporte\nFacturación").Value!;

    [Theory]
    [InlineData("1", "ventas")]
    [InlineData("1)", "ventas")]
    [InlineData("1️⃣", "ventas")]
    [InlineData("la 2", "soporte")]
    [InlineData("opción dos", "soporte")]
    [InlineData("la segunda", "soporte")]
    [InlineData("três", "Facturación")]
    [InlineData("VENTAS", "ventas")]
    [InlineData("quiero comprar algo", "ventas")]
    [InlineData("soporte técnico, por favor", "soporte")]
    [InlineData("facturacion", "Facturación")]
    [InlineData("factu", "Facturación")]
    public void A_choice_is_understood_by_number_and_by_words(string text, string saved) => ChoiceAnswer.Match(Options, text)!.Saved.Should().Be(saved);

    [Theory]
    [InlineData("4")]
    [InlineData("0")]
    [InlineData("no sé")]
    [InlineData("ventas o soporte")]
    [InlineData("")]
    [InlineData("😀")]
    public void What_fits_none_or_two_is_no_answer(string text) => ChoiceAnswer.Match(Options, text).Should().BeNull();

    [Fact]
    public void A_tap_wins_over_what_its_title_says() => ChoiceAnswer.Match(Options, "Ventas", "soporte")!.Saved.Should().Be("soporte");

    [Fact]
    public void A_tap_on_an_older_message_s_button_is_read_by_its_words() => ChoiceAnswer.Match(Options, "Ventas", "gone")!.Saved.Should().Be("ventas");

    [Fact]
    public void A_title_that_is_a_number_is_itself_before_it_is_a_place() =>
        ChoiceAnswer.Match([new("2 noches"), new("1"), new("3")], "1")!.Saved.Should().Be("1");

    [Fact]
    public void Every_option_is_chosen_by_its_number_and_by_its_own_title() =>
        Gen.String[Gen.Char["abcdefghijñáé "], 3, 12].Array[1, 10].Sample(titles =>
        {
            var options = titles.Select(t => t.Trim()).Where(t => t.Length > 2).Distinct().Select(t => new ChoiceOption(t, Id: "id" + t)).ToList();
            for (var i = 0; i < options.Count; i++)
            {
                ChoiceAnswer.Match(options, $"{i + 1}").Should().Be(options[i]);
                ChoiceAnswer.Match(options, null, options[i].TapId).Should().Be(options[i]);
            }
        });

    [Theory]
    [InlineData("""["Ventas", "Soporte"]""", "Ventas:Ventas, Soporte:Soporte")]
    [InlineData("""[{"title":"Ventas","value":"v","words":"comprar, precio"},{"Label":"Otra","id":"x"}]""", "Ventas:v, Otra:Otra")]
    [InlineData(" Ventas |v \n\n Otra ", "Ventas:v, Otra:Otra")]
    public void Options_are_read_from_JSON_and_from_lines(string written, string read) =>
        string.Join(", ", ChoiceList.Read(written).Value!.Select(o => $"{o.Title}:{o.Saved}")).Should().Be(read);

    [Theory]
    [InlineData("""[{"value":"v"}]""", "option 1 has no title")]
    [InlineData("[1,", "the JSON does not parse at line 1")]
    [InlineData("Ventas\nVentas", "two options are called 'Ventas'")]
    [InlineData("| v", "an option has no title")]
    public void Options_that_make_no_sense_are_refused_with_the_reason(string written, string reason) => ChoiceList.Read(written).Error.Should().Be(reason);

    [Fact]
    public void Options_made_by_an_expression_are_read_as_well() =>
        ChoiceList.Read(new List<object?> { "Ventas", new Dictionary<string, object?> { ["title"] = "Otra", ["words"] = new List<object?> { "más" } } })
            .Value!.Select(o => o.Title).Should().Equal("Ventas", "Otra");
}
