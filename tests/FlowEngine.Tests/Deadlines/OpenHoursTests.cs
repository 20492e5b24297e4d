using FlowEngine.Engine.ConversationActivities;

namespace FlowEngine.Tests.Deadlines;

/// <summary>Time that stands still while the company is closed.</summary>
public sealed class OpenHoursTests
{
    private static readonly TimeZoneInfo Madrid = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");

    private static readonly OpeningHours Office = new(
        [.. new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday }
            .SelectMany(d => new[] { new OpenPeriod(d, new TimeOnly(9, 0), new TimeOnly(14, 0)), new OpenPeriod(d, new TimeOnly(16, 0), new TimeOnly(19, 0)) })],
        [new DateOnly(2026, 3, 19)]);

    /// <summary>2026-03-02 is a Monday; Madrid is one hour ahead of UTC then.</summary>
    [Theory]
    [InlineData("2026-03-02T08:30:00Z", 30, "2026-03-02T09:00:00Z", "within a morning")]
    [InlineData("2026-03-02T12:50:00Z", 30, "2026-03-02T15:20:00Z", "over lunch")]
    [InlineData("2026-03-02T20:00:00Z", 15, "2026-03-03T08:15:00Z", "written in the evening")]
    [InlineData("2026-03-06T17:45:00Z", 30, "2026-03-09T08:15:00Z", "over the weekend")]
    [InlineData("2026-03-18T17:50:00Z", 20, "2026-03-20T08:10:00Z", "over a holiday")]
    [InlineData("2026-03-27T17:50:00Z", 20, "2026-03-30T07:10:00Z", "over the weekend in which summer time begins")]
    [InlineData("2026-10-23T16:50:00Z", 20, "2026-10-26T08:10:00Z", "over the weekend in which it ends")]
    [InlineData("2026-03-02T12:00:00Z", 60, "2026-03-02T13:00:00Z", "due as it closes")]
    public void The_clock_runs_only_while_it_is_open(string start, int minutes, string due, string because) =>
        Office.Add(DateTimeOffset.Parse(start, null), TimeSpan.FromMinutes(minutes), Madrid).Should().Be(DateTimeOffset.Parse(due, null), because);

    [Theory]
    [InlineData("2026-03-29T00:30:00Z", 60, "2026-03-29T01:30:00Z")]
    [InlineData("2026-10-25T00:30:00Z", 60, "2026-10-25T01:30:00Z")]
    public void An_hour_is_an_hour_in_the_night_that_changes_the_clock(string start, int minutes, string due)
    {
        var always = new OpeningHours([.. Enum.GetValues<DayOfWeek>().Select(d => new OpenPeriod(d, TimeOnly.MinValue, TimeOnly.MinValue))], []);

        always.Add(DateTimeOffset.Parse(start, null), TimeSpan.FromMinutes(minutes), Madrid).Should().Be(DateTimeOffset.Parse(due, null));
    }

    [Fact]
    public void A_shift_past_midnight_counts_on_both_days()
    {
        var night = new OpeningHours([new OpenPeriod(DayOfWeek.Monday, new TimeOnly(22, 0), new TimeOnly(2, 0))], []);

        night.Add(new DateTimeOffset(2026, 3, 3, 0, 30, 0, TimeSpan.Zero), TimeSpan.FromMinutes(20), TimeZoneInfo.Utc)
            .Should().Be(new DateTimeOffset(2026, 3, 3, 0, 50, 0, TimeSpan.Zero));
        night.Add(new DateTimeOffset(2026, 3, 3, 1, 50, 0, TimeSpan.Zero), TimeSpan.FromMinutes(20), TimeZoneInfo.Utc)
            .Should().Be(new DateTimeOffset(2026, 3, 9, 22, 10, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Who_never_opens_is_never_late() =>
        new OpeningHours([], []).Add(DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(1), Madrid).Should().BeNull();
}
