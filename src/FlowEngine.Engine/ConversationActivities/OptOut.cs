using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>Notes that the lead wants no more automatic messages, as the words BAJA and STOP do by themselves (decision 18).</summary>
public sealed class OptOut : ConversationActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "FlowEngine.OptOut",
        Category = Editors.Category,
        DisplayName = "Stop automatic messages",
        Description = "Notes that this lead wants no more automatic messages; no flow writes first to this lead afterwards. People still may answer.",
    };

    protected override ActivityResult Execute(ActivityContext context, ConversationScope scope)
    {
        scope.OptOut(context.ActivityId);
        return ActivityResult.Done;
    }
}
