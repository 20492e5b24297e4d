using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>
/// The wait for the lead's next message. A burst that resumes it with <see cref="ConversationScope.Message"/> brings that message; one
/// without is the timer of <c>dueAt</c>.
/// </summary>
public static class WaitForLead
{
    /// <summary>Name of the bookmark that the lead's next message resumes.</summary>
    public const string BookmarkName = "FlowEngine.MessageReceived";

    /// <param name="silence">How long to wait; null or zero waits for ever.</param>
    internal static void Begin(ActivityContext context, TimeSpan? silence = null) =>
        context.CreateBookmark(BookmarkName, dueAt: silence > TimeSpan.Zero ? context.Now + silence : null);
}
