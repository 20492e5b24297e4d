using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Primitives;

internal sealed class PublishEvent : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.PublishEvent",
        Category = "Primitives",
        DisplayName = "Publish event",
        Description = "Publishes an event: it starts flows that are triggered by it and resumes those that wait for it.",
        Inputs =
        [
            new("EventName", "String", "Event name", "Which event."),
            new("CorrelationId", "String", "Correlation id", "Only for runs with this correlation id; empty is for all."),
            new("IsLocalEvent", "Boolean", "Only this run", "Whether only this run may hear it.", "checkbox"),
            new("Payload", "Object", "Payload", "What comes with it.", DefaultSyntax: "JavaScript"),
        ],
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        var name = context.Input<string>("EventName");
        if (string.IsNullOrWhiteSpace(name)) return ActivityResult.Fault("NoEventName", "Publish event needs the name of an event.");
        var correlation = context.Input<string>("CorrelationId") is { Length: > 0 } given ? given : null;
        ((Execution)context).Burst.Want(new EventPublished(context.Id, name, context.Input<object>("Payload"), correlation, context.Input<bool>("IsLocalEvent")));
        return ActivityResult.Done;
    }
}
