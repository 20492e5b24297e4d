using System.Text.Json;

namespace FlowEngine.Engine.Hooks;

/// <summary>Somebody outside is to do something (Elsa's RunTask): the flow waits until it is reported as completed by <paramref name="TaskId"/>.</summary>
/// <param name="PayloadJson">What the task needs to know, as an object; null when the flow gives nothing.</param>
public readonly record struct HookTask(Guid Instance, string DefinitionId, string? CorrelationId, string ActivityId, string TaskId, string Name, string? PayloadJson)
{
    internal static void Write(Utf8JsonWriter json, HookTask task)
    {
        json.WriteStartObject();
        json.WriteString("taskId", task.TaskId);
        json.WriteString("taskName", task.Name);
        json.WritePropertyName("payload");
        json.WriteRawValue(task.PayloadJson ?? "null", skipInputValidation: true);
        json.WriteString("workflowInstanceId", task.Instance);
        json.WriteString("workflowDefinitionId", task.DefinitionId);
        json.WriteString("correlationId", task.CorrelationId);
        json.WriteString("activityId", task.ActivityId);
        json.WriteEndObject();
    }
}
