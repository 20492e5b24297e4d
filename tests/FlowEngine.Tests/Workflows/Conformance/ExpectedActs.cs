using System.Text.Json;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Tests.Workflows.Conformance;

/// <summary>Cases that are not a run of one definition: publishing, and putting a run onto another version.</summary>
internal static class ExpectedActs
{
    public static string? Run(ConformanceEngine engine, JsonElement found, JsonElement[] definitions) => found.GetProperty("feature").GetString() switch
    {
        "triggers" => Publish(engine, found.GetProperty("asserted").GetProperty("publish").GetString()!),
        "alterations" when definitions.Length == 2 => Migrate(engine),
        _ => "nobody knows how to act this out without a main definition",
    };

    private static string? Publish(ConformanceEngine engine, string asserted)
    {
        var errors = engine.Versions.Sum(v => v.PublishErrors.Count);
        return Compare.Text("errors of publishing", asserted.StartsWith("fails", StringComparison.Ordinal) ? "1" : "0", $"{errors}");
    }

    /// <summary>A run of the first version reports the second after the migration.</summary>
    private static string? Migrate(ConformanceEngine engine)
    {
        var run = engine.StartVersion(engine.Versions[0]);
        var (migrated, problem) = Migration.Of(run.Load(), engine.Versions[1]);
        return problem ?? Compare.Text("version", $"{engine.Versions[1].Version}", $"{migrated!.Version}");
    }
}
