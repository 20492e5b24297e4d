using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>Chooses the department that the conversation is for. The flow goes on owning it; a later handoff goes there.</summary>
public sealed class RouteTo : ConversationActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "FlowEngine.RouteTo",
        Category = Editors.Category,
        DisplayName = "Route to department",
        Description = "Chooses the department that the conversation is for. The flow goes on; a later handoff without a target goes to this department.",
        Inputs = [Editors.OfCompany("Department", "Department", "Which department.", "departments")],
    };

    protected override ActivityResult Execute(ActivityContext context, ConversationScope scope)
    {
        if (context.Input<string>("Department")?.Trim() is not { Length: > 0 } department)
        {
            return BadInput("Department", "none is chosen");
        }

        return scope.Route(department, context.ActivityId) is { } refusal ? Refused(refusal) : ActivityResult.Done;
    }
}
