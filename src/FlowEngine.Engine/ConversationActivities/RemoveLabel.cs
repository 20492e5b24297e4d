using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>Takes a label off the conversation; it may be missing already.</summary>
public sealed class RemoveLabel : ConversationActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "FlowEngine.RemoveLabel",
        Category = Editors.Category,
        DisplayName = "Remove label",
        Description = "Takes a label off the conversation.",
        Inputs = [Editors.OfCompany("Label", "Label", "Which label.", "labels")],
    };

    protected override ActivityResult Execute(ActivityContext context, ConversationScope scope)
    {
        if (context.Input<string>("Label")?.Trim() is not { Length: > 0 } label)
        {
            return BadInput("Label", "none is chosen");
        }

        scope.RemoveLabel(label, context.ActivityId);
        return ActivityResult.Done;
    }
}
