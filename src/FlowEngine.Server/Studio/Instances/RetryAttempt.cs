using System.Globalization;
using System.Text.Json.Nodes;
using FlowEngine.Server.Studio.Wire;
using FlowEngine.Workflows.Activities.Http;

namespace FlowEngine.Server.Studio.Instances;

/// <summary>One attempt that failed and was followed by another, as the Studio's tab of an execution lists it.</summary>
/// <param name="AttemptNumber">From 1.</param>
/// <param name="RetryDelay">The pause before the next one, as hh:mm:ss.</param>
/// <param name="Result">What came back, as JSON text; null when nothing did.</param>
/// <param name="Exception">Why nothing came back.</param>
/// <param name="StartedAt">When it was made; Elsa does not say.</param>
internal sealed record RetryAttempt(
    string Id, string ActivityInstanceId, string ActivityId, string WorkflowInstanceId, int AttemptNumber, string RetryDelay, string? Result, JsonObject? Exception, string? StartedAt)
{
    /// <summary>Says in the metadata of an execution that there are some.</summary>
    public const string Flag = "HasRetryAttempts";

    public static IEnumerable<RetryAttempt> Of(JournalLine line) => (line.State?[RetriedAttempts.Name] as JsonArray ?? []).OfType<JsonObject>().Select(a => Of(line, a));

    private static RetryAttempt Of(JournalLine line, JsonObject attempt)
    {
        var (number, failure) = (attempt.Number("Number") ?? 0, attempt.Text("Failure"));
        return new RetryAttempt(
            $"{line.ActivityInstanceId}-{line.Sequence}-{number.ToString(CultureInfo.InvariantCulture)}", line.ActivityInstanceId, line.ActivityId, line.ActivityInstanceId.Split('.')[0], number,
            attempt.Text("Pause") ?? "00:00:00", failure is null ? new JsonObject { ["StatusCode"] = attempt["StatusCode"]?.DeepClone() }.ToJsonString() : null,
            failure is null ? null : InstanceView.Failure(attempt.Text("Detail") ?? failure, failure, null), attempt.Text("At"));
    }
}
