using FlowEngine.Workflows.Activities;

namespace FlowEngine.Server.Studio.Descriptors;

/// <summary>Every activity type that the Studio gets a descriptor of: those that the engine offers, the workflow itself, and the placeholder.</summary>
public sealed class ActivityTypes(ActivityCatalog catalog)
{
    private const string Workflow = "Elsa.Workflow";

    private static readonly ActivityDescriptor[] Frame =
    [
        new() { TypeName = Workflow, Category = "Workflows", DisplayName = "Workflow", Description = "The workflow itself.", IsBrowsable = false, IsContainer = true, ChildPorts = ["root"] },
        new() { TypeName = "Elsa.NotFoundActivity", Category = "System", DisplayName = "Unknown activity", Description = "An activity of a kind that this server does not have. It is kept as it is, and faults when it is reached.", IsBrowsable = false },
    ];

    private readonly Dictionary<string, ActivityDescriptor> byType =
        catalog.Descriptors.Concat(Frame).GroupBy(d => d.TypeName, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    public IEnumerable<ActivityDescriptor> All => byType.Values.OrderBy(d => d.Category, StringComparer.Ordinal).ThenBy(d => d.DisplayName, StringComparer.Ordinal);

    public ActivityDescriptor? Find(string type) => byType.GetValueOrDefault(type);

    /// <summary>The one version of a type that there is; null when the type is unknown.</summary>
    public int? VersionOf(string type) => byType.TryGetValue(type, out var known) ? known.Version : null;

    public static bool IsFlowchart(string type) => type == "Elsa.Flowchart";
}
