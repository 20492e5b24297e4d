using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Studio.Wire;

namespace FlowEngine.Server.Studio.Definitions;

/// <summary>A version as it stands in lists.</summary>
internal sealed record DefinitionSummary(
    string Id, string DefinitionId, string Name, string? Description, int Version, string? ToolVersion, bool IsLatest, bool IsPublished, bool IsReadonly,
    string MaterializerName, bool IsMaterializerAvailable, DateTimeOffset CreatedAt, IReadOnlyList<ElsaLink> Links)
{
    public static DefinitionSummary Of(StoredDefinition d, bool mayEdit) => new(
        d.Id, d.DefinitionId, d.Name ?? d.DefinitionId, d.Description, d.Version, d.ToolVersion, d.IsLatest, d.IsPublished, IsReadonly: false, "Json", true, d.CreatedAt,
        DefinitionLinks.Of(d.DefinitionId, mayEdit));
}
