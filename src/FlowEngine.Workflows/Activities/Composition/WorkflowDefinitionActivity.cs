using System.Text.Json;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Composition;

/// <summary>
/// Another workflow used as an activity: its root runs here, in the same run, with inputs and outputs of its own. What it answers
/// is written at once where the caller has bound it.
/// </summary>
internal sealed class WorkflowDefinitionActivity(ActivityDescriptor descriptor, JsonElement definition) : ContainerActivity
{
    private const string Inputs = "in";

    public override ActivityDescriptor Descriptor => descriptor;

    public JsonElement Definition => definition;

    public string? DefinitionId { get; } = Json.Text(definition, "definitionId");

    /// <summary>Id of the version that was compiled in.</summary>
    public string? VersionId { get; } = Json.Text(definition, "id");

    protected override ActivityResult Begin(Execution container)
    {
        if (container.Node.Child("root") is not { } root) return ActivityResult.Done;
        if (container.InputValues is { } given) container.State[Inputs] = new Dictionary<string, object?>(given, StringComparer.Ordinal);
        container.Schedule(root);
        return ActivityResult.Suspended;
    }

    /// <summary>An input as it was when the workflow began; it survives waits.</summary>
    public static bool TryGetInput(Execution composite, string name, out object? value)
    {
        value = null;
        return composite.StoredState?.GetValueOrDefault(Inputs) is IReadOnlyDictionary<string, object?> inputs && inputs.TryGetValue(name, out value);
    }
}
