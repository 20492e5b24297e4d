using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Composition;

/// <summary>Stands for an activity type that this engine does not know; importing works, reaching it faults.</summary>
internal sealed class NotFoundActivity : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.NotFoundActivity",
        Category = "System",
        DisplayName = "Not Found Activity",
        Description = "An activity whose type is not installed. The flow faults when it gets here.",
        IsBrowsable = false,
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        var node = ((Execution)context).Node;
        var isPlaceholder = node.TypeName == Descriptor.TypeName;
        var type = isPlaceholder ? Json.Text(node.Json, "missingTypeName") : node.TypeName;
        var version = Json.Text(node.Json, isPlaceholder ? "missingTypeVersion" : "version") ?? "1";
        return ActivityResult.Fault("ActivityNotFound", $"Activity type '{type}' version '{version}' could not be found.", "System");
    }
}
