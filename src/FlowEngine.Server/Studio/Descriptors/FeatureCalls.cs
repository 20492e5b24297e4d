using FlowEngine.Server.Studio.Wire;

namespace FlowEngine.Server.Studio.Descriptors;

/// <summary>What this server can do beyond the least, by the names that the Studio asks for.</summary>
internal static class FeatureCalls
{
    private static readonly Feature[] Installed =
    [
        Of("Workflows", "Workflows", "Workflow definitions and their runs."),
        Of("WorkflowManagement", "Workflow management", "Definitions with versions."),
        Of("RealTimeWorkflowUpdates", "Live runs", "Runs tell their viewers when they move on."),
        Of("JavaScript", "JavaScript", "JavaScript expressions."),
        Of("Resilience", "Resilience", "Retry policies of HTTP requests."),
        Of("Liquid", "Liquid", "Liquid expressions."),
    ];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/features/installed", () => ElsaJson.Ok(new ElsaList<Feature>(Installed)));
        api.MapGet("/features/installed/{fullName}", (string fullName) =>
            Installed.FirstOrDefault(f => f.FullName == fullName) is { } feature ? ElsaJson.Ok(feature) : Results.NotFound());
        api.MapGet("/package/version", () => ElsaJson.Ok(new { packageVersion = "3.8.2" }));
    }

    private static Feature Of(string name, string display, string description) => new(name, "Elsa", $"Elsa.{name}", display, description);

    private sealed record Feature(string Name, string Namespace, string FullName, string DisplayName, string Description);
}
