using Xunit.Abstractions;

namespace FlowEngine.Tests.Workflows.Conformance;

/// <summary>
/// Behaves as Elsa on every case of the folders in FLOWENGINE_CONFORMANCE_DIRS (separated by colons); without it, on our own
/// cases. A file named by FLOWENGINE_CONFORMANCE_REPORT gets the report too.
/// </summary>
public sealed class ElsaConformanceTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_case_in_scope_behaves_as_the_real_Elsa()
    {
        var report = ConformanceReport.Of(ConformanceCase.Find(Folders()));
        foreach (var line in report.Lines) output.WriteLine(line);
        Console.WriteLine(string.Join(Environment.NewLine, report.Lines));
        if (Environment.GetEnvironmentVariable("FLOWENGINE_CONFORMANCE_REPORT") is { Length: > 0 } file) File.WriteAllLines(file, report.Lines);

        string.Join(Environment.NewLine, report.Failed).Should().BeEmpty();
        report.Lines.Should().Contain(line => line.StartsWith("pass ", StringComparison.Ordinal), "an empty folder proves nothing");
    }

    /// <summary>What is known of Elsa's behaviour and no recorded case shows: one short case for each statement.</summary>
    [Fact]
    public void Every_case_that_we_derived_behaves_as_Elsa_is_known_to()
    {
        var report = ConformanceReport.Of(ConformanceCase.Find([Path.Combine(AppContext.BaseDirectory, "Fixtures", "Elsa", "derived")]));

        string.Join(Environment.NewLine, report.Failed).Should().BeEmpty();
        report.Lines.Should().OnlyContain(line => !line.StartsWith("skip ", StringComparison.Ordinal)).And.HaveCountGreaterThan(250);
    }

    private static string[] Folders()
    {
        var given = Environment.GetEnvironmentVariable("FLOWENGINE_CONFORMANCE_DIRS");
        if (!string.IsNullOrWhiteSpace(given)) return given.Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var fixtures = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Elsa");
        return [Path.Combine(fixtures, "recorded"), Path.Combine(fixtures, "workflows")];
    }
}
