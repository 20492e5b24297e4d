using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>Keeps something that is known of the lead.</summary>
public sealed class SetLeadField : ConversationActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "FlowEngine.SetLeadField",
        Category = Editors.Category,
        DisplayName = "Set lead field",
        Description = "Writes a field of the lead, such as name, need or budget. An empty value removes the field.",
        Inputs =
        [
            Editors.Line("Field", "Field", "Name of the field."),
            Editors.Text("Value", "Value", "What it becomes; empty removes the field."),
        ],
    };

    protected override ActivityResult Execute(ActivityContext context, ConversationScope scope)
    {
        if (context.Input<string>("Field")?.Trim() is not { Length: > 0 } field)
        {
            return BadInput("Field", "it has no name");
        }

        scope.SetField(field, context.Input<string>("Value"), context.ActivityId);
        return ActivityResult.Done;
    }
}
