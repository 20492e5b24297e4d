using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>Puts a label on the conversation; it may be on it already.</summary>
public sealed class AddLabel : ConversationActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "FlowEngine.AddLabel",
        Category = Editors.Category,
        DisplayName = "Add label",
        Description = "Puts a label on the conversation, to find it by in the inbox.",
        Inputs = [Editors.OfCompany("Label", "Label", "Which label.", "labels")],
    };

    protected override ActivityResult Execute(ActivityContext context, ConversationScope scope)
    {
        if (context.Input<string>("Label")?.Trim() is not { Length: > 0 } label)
        {
            return BadInput("Label", "none is chosen");
        }

        scope.AddLabel(label, context.ActivityId);
        return ActivityResult.Done;
    }
}
