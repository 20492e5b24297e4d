using FlowEngine.Engine.Flows;
using FlowEngine.Workflows.Activities;

namespace FlowEngine.Server.CSharp;

/// <summary>Whether an administrator lets definitions bring C#: <c>FlowEngine:Scripts:CSharp</c> is <c>trusted</c>.</summary>
public static class CSharpTrust
{
    public const string Setting = "FlowEngine:Scripts:CSharp";

    /// <summary>What flows may use on this server.</summary>
    /// <exception cref="InvalidOperationException">The setting says neither trusted nor refused.</exception>
    public static ActivityCatalog Catalog(IConfiguration configuration) => configuration[Setting] switch
    {
        null or "" or "refused" => FlowActivities.Catalog,
        "trusted" => Trusting(),
        var other => throw new InvalidOperationException($"{Setting} is '{other}'; it may be 'trusted' or 'refused'."),
    };

    /// <summary>By itself, so that nothing of the compiler is touched where C# is not trusted.</summary>
    private static ActivityCatalog Trusting() => FlowActivities.Trusting(new CSharpCompiler().Compile);
}
