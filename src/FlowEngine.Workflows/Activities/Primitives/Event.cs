using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Primitives;

internal sealed class Event : Activity
{
    /// <summary>Name of its bookmarks; an event finds them by the hash of this and <c>{EventName}</c>.</summary>
    public const string BookmarkName = "Elsa.Event";

    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Event",
        Category = "Primitives",
        DisplayName = "Event",
        Description = "Waits for an event with a name, or starts the flow by it.",
        Kind = ActivityKind.Trigger,
        Inputs = [new("EventName", "String", "Event name", "Which event to wait for.")],
        Outputs = [new("Result", "Object", "Result", "What came with the event.")],
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        if (context.IsTrigger)
        {
            context.SetOutput("Result", context.TriggerInput);
            return ActivityResult.Done;
        }

        context.CreateBookmark(BookmarkName, new Dictionary<string, object?> { ["EventName"] = context.Input<string>("EventName") });
        return ActivityResult.Suspended;
    }

    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, object? input)
    {
        context.SetOutput("Result", input);
        return ActivityResult.Done;
    }
}
