using CsCheck;
using FlowEngine.Engine.ConversationActivities;

namespace FlowEngine.Tests.ConversationActivities;

public sealed class HoursTests
{
    private static readonly TimeZoneInfo Madrid = OpeningHours.ZoneOf("Europe/Madrid");

    private static readonly OpeningHours Week = HoursText.Read("lunes-viernes 09:00-14:00, 16:00-19:00\nsábado: 10:00-13:00", ["2026-12-25"]).Value!;

    [Theory]
    [InlineData("2026-11-23T09:00:00+01:00", true)]
    [InlineData("2026-11-23T08:59:59+01:00", false)]
    [InlineData("2026-11-23T14:00:00+01:00", false)]
    [InlineData("2026-11-23T18:59:59+01:00", true)]
    [InlineData("2026-11-28T12:00:00+01:00", true)]
    [InlineData("2026-11-22T12:00:00+01:00", false)]
    [InlineData("2026-12-25T10:00:00+01:00", false)]
    [InlineData("2026-07-01T07:30:00Z", true)]
    [InlineData("2026-01-07T07:30:00Z", false)]
    public void Hours_are_those_of_the_clock_where_the_company_is(string instant, bool open) =>
        Week.IsOpen(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), Madrid).Should().Be(open);

    [Fact]
    public void A_period_past_midnight_belongs_to_the_day_on_which_it_starts()
    {
        var night = HoursText.Read("viernes 22:00-02:00", ["2026-12-04"]).Value!;

        night.IsOpen(At("2026-11-28T01:59:00+01:00"), Madrid).Should().BeTrue();
        night.IsOpen(At("2026-11-27T01:00:00+01:00"), Madrid).Should().BeFalse();
        night.IsOpen(At("2026-12-05T01:00:00+01:00"), Madrid).Should().BeFalse("its Friday is a holiday");
    }

    [Fact]
    public void It_opens_next_when_the_next_period_begins()
    {
        Week.OpensAfter(At("2026-11-23T14:30:00+01:00"), Madrid).Should().Be(At("2026-11-23T16:00:00+01:00"));
        Week.OpensAfter(At("2026-11-28T20:00:00+01:00"), Madrid).Should().Be(At("2026-11-30T09:00:00+01:00"));
        new OpeningHours([], []).OpensAfter(At("2026-11-28T20:00:00+01:00"), Madrid).Should().BeNull();
    }

    [Fact]
    public void A_start_that_summer_time_skips_is_an_hour_later() =>
        HoursText.Read("domingo 02:30-05:00").Value!.OpensAfter(At("2026-03-29T00:00:00+01:00"), Madrid).Should().Be(At("2026-03-29T03:30:00+02:00"));

    [Fact]
    public void It_is_open_at_every_instant_at_which_it_says_that_it_opens() =>
        Gen.Int[0, 60 * 24 * 365].Sample(minutes =>
        {
            var instant = At("2026-01-01T00:00:00Z").AddMinutes(minutes);
            var next = Week.OpensAfter(instant, Madrid)!.Value;
            Week.IsOpen(next, Madrid).Should().BeTrue();
            Week.IsOpen(next.AddSeconds(-1), Madrid).Should().BeFalse();
        });

    [Theory]
    [InlineData("lun-vie 9:00-14:00 y 16:00-19:00", 10)]
    [InlineData("lunes, miércoles, viernes 9:00-14:00", 3)]
    [InlineData("sab-dom 00:00-24:00", 2)]
    [InlineData("viernes-lunes 9:00-10:00", 4)]
    [InlineData("Mon-Fri 09:00-17:00; Sat 10:00-12:00", 6)]
    [InlineData("segunda-sexta 09:00-18:00", 5)]
    [InlineData("", 0)]
    public void Hours_are_read_as_people_write_them(string text, int periods) => HoursText.Read(text).Value!.Periods.Should().HaveCount(periods);

    [Theory]
    [InlineData("siempre")]
    [InlineData("lunes 25:00-26:00")]
    [InlineData("lunes-martes-jueves 9:00-10:00")]
    [InlineData("9:00-14:00")]
    public void A_line_that_is_not_understood_is_named(string line) => HoursText.Read(line).Error.Should().Contain($"'{line}'");

    [Fact]
    public void A_holiday_that_is_no_day_is_named() => HoursText.Read("lunes 9:00-10:00", ["Navidad"]).Error.Should().Contain("'Navidad'");

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
