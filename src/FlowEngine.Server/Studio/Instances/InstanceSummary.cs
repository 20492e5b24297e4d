using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Server.Studio.Instances;

/// <summary>A run as it stands in lists. Its conversation is ours to add: links lead there and back. So is when it was imported, where it was made elsewhere.</summary>
internal sealed record InstanceSummary(
    Guid Id, string DefinitionId, string DefinitionVersionId, int Version, WorkflowStatus Status, WorkflowSubStatus SubStatus, string? CorrelationId, string? Name,
    int IncidentCount, bool IsSystem, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt, Guid? ConversationId, DateTimeOffset? ImportedAt)
{
    public static InstanceSummary Of(StoredInstance i) => new(
        i.Id, i.DefinitionId, i.VersionId, i.Version, (WorkflowStatus)i.Status, (WorkflowSubStatus)i.SubStatus, i.CorrelationId, i.Name, i.IncidentCount, IsSystem: false,
        i.CreatedAt, i.UpdatedAt, i.FinishedAt, i.ConversationId, i.ImportedAt);
}
