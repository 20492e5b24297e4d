using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>Whether somebody is there now: by the hours of the company, of a department, or of its own (decision 23).</summary>
public sealed class BusinessHours : ConversationActivity
{
    private const string Open = "Open";
    private const string Closed = "Closed";

    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "FlowEngine.BusinessHours",
        Category = Editors.Category,
        DisplayName = "Business hours",
        Description = "Goes on with Open or Closed by the clock where the company is. Without any hours it is always open.",
        Inputs =
        [
            Editors.Pick("Source", "Hours of", "Whose hours count.", nameof(HoursSource.Company),
                (nameof(HoursSource.Company), "The company"), (nameof(HoursSource.Department), "A department"), (nameof(HoursSource.Own), "This step")),
            Editors.OfCompany("Department", "Department", "For the hours of a department; empty takes the one chosen before.", "departments"),
            Editors.Text("Hours", "Hours of this step", "One line for days and periods, such as lunes-viernes 09:00-14:00, 16:00-19:00."),
            Editors.Strings("Holidays", "Closed days of this step", "Days such as 2026-12-25."),
            Editors.Line("TimeZone", "Time zone", "IANA name such as Europe/Madrid; empty takes the company's."),
        ],
        Outputs = [new OutputDescriptor("OpensAt", "DateTimeOffset", "Opens at", "When it opens next, if it is closed and opens within two weeks.")],
        Outcomes = [Open, Closed],
    };

    protected override ActivityResult Execute(ActivityContext context, ConversationScope scope)
    {
        var hours = HoursOf(context, scope);
        if (hours is { IsRead: false })
        {
            return BadInput("Hours", hours.Value.Error);
        }

        var zoneName = context.Input<string>("TimeZone") is { } own && !string.IsNullOrWhiteSpace(own) ? own.Trim() : scope.Hours.TimeZone;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zoneName, out var zone))
        {
            return BadInput("TimeZone", $"'{zoneName}' is not an IANA time zone such as Europe/Madrid");
        }

        if (hours is not { Value: { } found } || found.IsOpen(context.Now, zone))
        {
            return ActivityResult.Outcome(Open);
        }

        context.SetOutput("OpensAt", found.OpensAfter(context.Now, zone));
        return ActivityResult.Outcome(Closed);
    }

    /// <summary>Null when nothing says that it ever closes.</summary>
    private static Reading<OpeningHours>? HoursOf(ActivityContext context, ConversationScope scope)
    {
        var source = Choose.One<HoursSource>(context, "Source");
        if (source == HoursSource.Own)
        {
            return HoursText.Read(context.Input<string>("Hours"), context.Input<List<string>>("Holidays"));
        }

        var department = context.Input<string>("Department") is { } chosen && !string.IsNullOrWhiteSpace(chosen) ? chosen.Trim() : scope.Conversation.Department;
        var hours = source == HoursSource.Department ? scope.Hours.For(department) : scope.Hours.Company;
        return hours is null ? null : Reading.Of<OpeningHours>(hours);
    }

    private enum HoursSource { Company, Department, Own }
}
