using System.Collections.Frozen;

namespace FlowEngine.Workflows.Activities;

/// <summary>All node types that this engine knows, by type name.</summary>
public sealed class ActivityCatalog(IEnumerable<Activity> activities)
{
    private readonly FrozenDictionary<string, Activity> byType = activities.ToFrozenDictionary(a => a.Descriptor.TypeName, StringComparer.Ordinal);

    public IEnumerable<ActivityDescriptor> Descriptors => byType.Values.Select(a => a.Descriptor);

    public Activity? Find(string typeName) => byType.GetValueOrDefault(typeName);
}
