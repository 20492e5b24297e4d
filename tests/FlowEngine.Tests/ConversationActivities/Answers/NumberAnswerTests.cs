using System.Globalization;
using CsCheck;
using FlowEngine.Engine.ConversationActivities.Answers;

namespace FlowEngine.Tests.ConversationActivities.Answers;

public sealed class NumberAnswerTests
{
    [Theory]
    [InlineData("1500", "1500")]
    [InlineData("1.500", "1500")]
    [InlineData("1,500", "1500")]
    [InlineData("1.500,50", "1500.5")]
    [InlineData("1,500.50", "1500.5")]
    [InlineData("1.234.567", "1234567")]
    [InlineData("1 500 €", "1500")]
    [InlineData("€1500", "1500")]
    [InlineData("unos 2000 euros, más o menos", "2000")]
    [InlineData("1500,5", "1500.5")]
    [InlineData("0,125", "0.125")]
    [InlineData("2k", "2000")]
    [InlineData("3 mil", "3000")]
    [InlineData("1,5 millones", "1500000")]
    [InlineData("-12", "-12")]
    [InlineData("Mi presupuesto es de 900€.", "900")]
    public void A_number_is_read_as_people_write_it(string text, string number) =>
        NumberAnswer.Write(NumberAnswer.Parse(text)!.Value).Should().Be(number);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("ni idea")]
    [InlineData("entre 500 y 1000")]
    [InlineData("mp3")]
    [InlineData("1.50.000")]
    [InlineData("1.2.3")]
    [InlineData("12:30")]
    [InlineData("99999999999999999999999999999999999999")]
    public void What_holds_no_single_number_is_no_answer(string? text) => NumberAnswer.Parse(text).Should().BeNull();

    [Fact]
    public void Every_amount_is_read_back_from_the_Spanish_and_the_English_way_of_writing_it() =>
        Gen.Int[0, 99_999_999].Sample(cents =>
        {
            var amount = cents / 100m;
            foreach (var culture in new[] { "es-ES", "de-DE", "en-US", "pt-BR" })
            {
                NumberAnswer.Parse(amount.ToString("N2", CultureInfo.GetCultureInfo(culture)) + " €").Should().Be(amount, culture);
            }
        });

    [Fact]
    public void What_was_written_for_a_field_is_read_back_unchanged() =>
        Gen.Int.Sample(whole => NumberAnswer.Parse(NumberAnswer.Write(whole)).Should().Be(whole));

    [Fact]
    public void No_text_at_all_makes_it_fail() =>
        Gen.String[Gen.Char["0123456789.,  kmilE€$-+eé\u0301\ud800x"], 0, 40].Sample(text => NumberAnswer.Parse(text), iter: 2000);
}
