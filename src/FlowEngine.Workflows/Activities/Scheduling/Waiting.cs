using System.Globalization;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Scheduling;

/// <summary>A bookmark that is due at a time; one that is due already fires at once, also after a restart.</summary>
internal static class Waiting
{
    public static ActivityResult Until(ActivityContext context, string bookmark, DateTimeOffset due, string member = "ResumeAt")
    {
        context.CreateBookmark(bookmark, new Dictionary<string, object?> { [member] = due.ToString("O", CultureInfo.InvariantCulture) }, due);
        return ActivityResult.Suspended;
    }
}
