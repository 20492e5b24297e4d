using CsCheck;
using FlowEngine.Engine.ConversationActivities.Answers;

namespace FlowEngine.Tests.ConversationActivities.Answers;

public sealed class DateAnswerTests
{
    // A Sunday.
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Theory]
    [InlineData("25/12/2026", "2026-12-25")]
    [InlineData("25-12-26", "2026-12-25")]
    [InlineData("2026-12-25", "2026-12-25")]
    [InlineData("el 25/12", "2026-12-25")]
    [InlineData("3.1", "2027-01-03")]
    [InlineData("25 de diciembre", "2026-12-25")]
    [InlineData("12 de marzo de 2028", "2028-03-12")]
    [InlineData("12 março", "2027-03-12")]
    [InlineData("hoy", "2026-11-22")]
    [InlineData("¡Mañana!", "2026-11-23")]
    [InlineData("amanhã", "2026-11-23")]
    [InlineData("pasado mañana", "2026-11-24")]
    [InlineData("el lunes", "2026-11-23")]
    [InlineData("domingo", "2026-11-29")]
    [InlineData("el próximo miércoles", "2026-11-25")]
    [InlineData("29/2", "2028-02-29")]
    public void A_day_is_read_as_people_write_it(string text, string day) =>
        DateAnswer.Parse(text, Today).Should().Be(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("31/02/2027")]
    [InlineData("12/25/2026")]
    [InlineData("cuando puedas")]
    [InlineData("32 de enero")]
    [InlineData("")]
    [InlineData("612345678")]
    public void What_is_no_day_is_no_answer(string text) => DateAnswer.Parse(text, Today).Should().BeNull();

    [Fact]
    public void Every_day_is_read_back_from_the_ways_of_writing_it() =>
        Gen.Int[0, 36_500].Sample(days =>
        {
            var day = new DateOnly(2000, 1, 1).AddDays(days);
            foreach (var format in new[] { "d/M/yyyy", "dd-MM-yyyy", "dd.MM.yyyy", "yyyy-MM-dd" })
            {
                DateAnswer.Parse(day.ToString(format, System.Globalization.CultureInfo.InvariantCulture), Today).Should().Be(day, format);
            }
        });

    [Fact]
    public void A_day_without_a_year_is_never_in_the_past() =>
        Gen.Select(Gen.Int[1, 28], Gen.Int[1, 12]).Sample((day, month) =>
            DateAnswer.Parse($"{day}/{month}", Today).Should().BeOnOrAfter(Today).And.BeBefore(Today.AddYears(1)));
}
