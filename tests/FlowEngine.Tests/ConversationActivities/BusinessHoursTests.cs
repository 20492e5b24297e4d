using System.Globalization;
using FlowEngine.Engine.ConversationActivities;

namespace FlowEngine.Tests.ConversationActivities;

public sealed class BusinessHoursTests
{
    private const string Week = "lunes-viernes 09:00-14:00";

    [Theory]
    [InlineData("2026-11-23T08:30:00Z", "Open")]
    [InlineData("2026-11-23T14:00:00Z", "Closed")]
    [InlineData("2026-11-22T10:00:00Z", "Closed")]
    public void Hours_of_the_step_count_in_its_zone(string now, string way) =>
        Ask(new { source = "Own", hours = Week, timeZone = "Europe/Madrid" }, now).Lead("Hola").OutcomesOf("step").Should().Equal(way);

    [Fact]
    public void A_holiday_is_closed() =>
        Ask(new { source = "Own", hours = Week, holidays = new[] { "2026-11-23" }, timeZone = "Europe/Madrid" }).Lead("Hola").OutcomesOf("step").Should().Equal("Closed");

    [Fact]
    public void Hours_of_the_company_and_of_the_chosen_department_are_told_apart()
    {
        var hours = new CompanyHours("Europe/Madrid", HoursText.Read(Week).Value, new Dictionary<string, OpeningHours> { ["soporte"] = HoursText.Read("domingo 10:00-11:00").Value! });

        WithHours(new { }, hours).OutcomesOf("step").Should().Equal("Open");
        WithHours(new { source = "Department", department = "soporte" }, hours).OutcomesOf("step").Should().Equal("Closed");
        WithHours(new { source = "Department", department = "ventas" }, hours).OutcomesOf("step").Should().Equal("Open");
    }

    [Fact]
    public void A_company_without_hours_never_closes() => Ask(new { }, "2026-12-25T03:00:00Z").Lead("Hola").OutcomesOf("step").Should().Equal("Open");

    [Fact]
    public void Hours_or_a_zone_that_make_no_sense_are_a_fault()
    {
        Ask(new { source = "Own", hours = "siempre" }).Lead("Hola").Fault!.Message.Should().StartWith("Hours: 'siempre'");
        Ask(new { source = "Own", hours = Week, timeZone = "Madrid" }).Lead("Hola").Fault!.Message.Should().StartWith("TimeZone: 'Madrid'");
    }

    private static Chat WithHours(object inputs, CompanyHours hours)
    {
        var chat = Ask(inputs);
        chat.Hours = hours;
        return chat.Lead("Hola");
    }

    private static Chat Ask(object inputs, string now = "2026-11-23T08:30:00Z") =>
        OneStep.Of("FlowEngine.BusinessHours", inputs, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture), "Open", "Closed");
}
