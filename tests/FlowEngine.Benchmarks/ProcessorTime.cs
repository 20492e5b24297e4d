using System.Diagnostics;
using System.Globalization;

namespace FlowEngine.Benchmarks;

/// <summary>Processor time as Linux counts it; zero elsewhere for what is not this process.</summary>
internal static class ProcessorTime
{
    private const double TicksPerSecond = 100;

    public static TimeSpan Own() => Process.GetCurrentProcess().TotalProcessorTime;

    /// <summary>Of a process, its children, and those of them that have ended.</summary>
    public static TimeSpan Of(int? pid)
    {
        if (pid is not { } parent || !Directory.Exists("/proc"))
        {
            return TimeSpan.Zero;
        }

        var ticks = Directory.GetDirectories("/proc").Where(d => int.TryParse(Path.GetFileName(d), out _)).Sum(d => Ticks(d, parent));
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    public static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "";

    private static long Ticks(string folder, int parent)
    {
        try
        {
            // After the name in parentheses: state, parent, … and from the twelfth on the user, system, and ended children's times.
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            long Field(int at) => long.Parse(fields[at], CultureInfo.InvariantCulture);
            var isParent = Path.GetFileName(folder) == parent.ToString(CultureInfo.InvariantCulture);
            return isParent ? Field(11) + Field(12) + Field(13) + Field(14) : Field(1) == parent ? Field(11) + Field(12) : 0;
        }
        catch (IOException)
        {
            // It has just ended.
            return 0;
        }
    }
}
