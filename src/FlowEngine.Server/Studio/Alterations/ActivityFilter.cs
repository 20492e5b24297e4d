using System.Text.Json.Nodes;
using FlowEngine.Server.Studio.Instances;
using FlowEngine.Server.Studio.Wire;

namespace FlowEngine.Server.Studio.Alterations;

/// <summary>
/// What an execution of a run's activities must be, for the run to be meant: each thing that is said, of one and the same execution. Several filters may
/// be met by several executions.
/// </summary>
/// <param name="Execution">The id of the execution itself, which begins with its run's.</param>
internal sealed record ActivityFilter(string? Activity, string? Execution, string? Node, string? Name, string? Status)
{
    private static readonly string[] Statuses = ["Pending", "Running", "Completed", "Canceled", "Faulted"];

    /// <summary>The filters of a request that say something, or why one of them cannot be answered.</summary>
    public static (IReadOnlyList<ActivityFilter> Filters, string? Problem) Read(JsonNode? list)
    {
        var filters = new List<ActivityFilter>();
        foreach (var item in list as JsonArray ?? [])
        {
            if (item is not JsonObject body)
            {
                return ([], "A filter of activityFilters is an object: activityId, activityInstanceId, nodeId, name, status.");
            }

            var status = body["status"] is JsonValue said && said.ToString() is { Length: > 0 } word ? word : null;
            if (status is not null && !Statuses.Contains(status, StringComparer.OrdinalIgnoreCase))
            {
                return ([], $"There is no activity status '{status}': it is {string.Join(", ", Statuses)}.");
            }

            // Clients of before 3.3 call the activity's id just id.
            var filter = new ActivityFilter(body.Text("activityId") ?? body.Text("id"), body.Text("activityInstanceId"), body.Text("nodeId"), body.Text("name"), status);
            if (filter != new ActivityFilter(null, null, null, null, null))
            {
                filters.Add(filter);
            }
        }

        return (filters, null);
    }

    /// <summary>The run whose execution is meant; null when the filter names none, empty when what it names is no execution's id.</summary>
    public Guid? Run => Execution is null ? null : Guid.TryParse(Execution.Split('.')[0], out var run) ? run : Guid.Empty;

    public bool IsMetBy(ActivityRecord record) =>
        (Activity is null || record.First.ActivityId == Activity) && (Execution is null || record.Id == Execution) && (Node is null || record.First.NodeId == Node)
        && (Name is null || record.First.ActivityName == Name) && (Status is null || record.Status.Equals(Status, StringComparison.OrdinalIgnoreCase));
}
