using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Primitives;

/// <summary>Asks somebody outside to do something, and waits until that is reported as completed.</summary>
internal sealed class RunTask : Activity
{
    /// <summary>Name of its bookmarks; a completion finds them by the hash of this and <c>{TaskId}</c>.</summary>
    public const string BookmarkName = "Elsa.RunTask";

    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = BookmarkName,
        Category = "Primitives",
        DisplayName = "Run task",
        Description = "Asks for a task to be done outside, and waits until it is reported as completed.",
        Inputs =
        [
            new("TaskName", "String", "Task", "What to do."),
            new("Payload", "ObjectDictionary", "Payload", "What the task needs to know.", "dictionary", DefaultSyntax: "JavaScript"),
        ],
        Outputs = [new("TaskId", "String", "Task id", "By which its completion is reported."), new("Result", "Object", "Result", "What the task answered.")],
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        var execution = (Execution)context;
        var name = context.Input<string>("TaskName");
        if (string.IsNullOrWhiteSpace(name)) return ActivityResult.Fault("NoTaskName", "Run task needs the name of a task.");
        var id = execution.Burst.NewId().ToString();
        context.SetOutput("TaskId", id);
        context.CreateBookmark(BookmarkName, new Dictionary<string, object?> { ["TaskId"] = id, ["TaskName"] = name });
        execution.Burst.Want(new TaskRequested(context.Id, id, name, context.Input<Dictionary<string, object?>>("Payload")));
        return ActivityResult.Suspended;
    }

    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, object? input)
    {
        context.SetOutput("Result", input);
        return ActivityResult.Done;
    }
}
