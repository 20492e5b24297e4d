namespace FlowEngine.Tests.Workflows.Conformance;

/// <summary>A line for each case and the count; a case that needs what is out of scope is named, not counted.</summary>
internal sealed class ConformanceReport
{
    public List<string> Lines { get; } = [];

    public List<string> Failed { get; } = [];

    public static ConformanceReport Of(IEnumerable<ConformanceCase> cases)
    {
        var report = new ConformanceReport();
        var (passed, counted) = (0, 0);
        foreach (var found in cases)
        {
            if (found.OutOfScope is { } reason)
            {
                report.Lines.Add($"skip {found.Id}: needs {reason}");
                continue;
            }

            counted++;
            var difference = Act(found);
            if (difference is null) passed++;
            else report.Failed.Add($"{found.Id}: {difference}");
            report.Lines.Add(difference is null ? $"pass {found.Id}" : $"FAIL {found.Id}: {difference}");
        }

        report.Lines.Add($"conformance: {passed} of {counted}");
        return report;
    }

    /// <summary>A case that cannot be acted out has failed; it does not hide what became of the others.</summary>
    private static string? Act(ConformanceCase found)
    {
        try
        {
            return found.Run();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return $"{exception.GetType().Name}: {exception.Message}";
        }
    }
}
