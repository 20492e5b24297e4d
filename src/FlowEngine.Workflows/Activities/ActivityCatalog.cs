using System.Collections.Frozen;
using FlowEngine.Workflows.Expressions.CSharp;

namespace FlowEngine.Workflows.Activities;

/// <summary>All node types that this engine knows, by type name.</summary>
/// <param name="compileCSharp">Given where an administrator trusts C#; without it, definitions with C# are refused.</param>
public sealed class ActivityCatalog(IEnumerable<Activity> activities, CompileCSharp? compileCSharp = null)
{
    internal CompileCSharp? CompileCSharp => compileCSharp;

    public bool TrustsCSharp => compileCSharp is not null;

    private readonly FrozenDictionary<string, Activity> byType = activities.ToFrozenDictionary(a => a.Descriptor.TypeName, StringComparer.Ordinal);

    public IEnumerable<ActivityDescriptor> Descriptors => byType.Values.Select(a => a.Descriptor);

    public Activity? Find(string typeName) => byType.GetValueOrDefault(typeName);
}
