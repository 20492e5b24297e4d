using System.Diagnostics;
using System.Globalization;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Benchmarks;

/// <summary>The interpreter alone: runs of a ten-activity flowchart to their end on one thread, journal included, nothing stored.</summary>
internal static class MemoryBenchmark
{
    public static int Run(string[] options)
    {
        var scripts = !options.Contains("literal");
        var seconds = Array.IndexOf(options, "--seconds") is >= 0 and var at ? double.Parse(options[at + 1], CultureInfo.InvariantCulture) : 5;
        var graph = RunFlows.Ten(scripts);
        _ = Play(graph, TimeSpan.FromSeconds(2));
        var (runs, elapsed, cpu, bytes, p50) = Play(graph, TimeSpan.FromSeconds(seconds));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"flow":"{{(scripts ? "script" : "literal")}}","runsPerSecond":{{runs / elapsed.TotalSeconds:F0}},"cpuMsPerRun":{{cpu.TotalMilliseconds / runs:F4}},"p50Ms":{{p50:F4}},"bytesPerRun":{{bytes / runs}},"load":"{{ProcessorTime.Load()}}"}"""));
        return 0;
    }

    private static (int Runs, TimeSpan Elapsed, TimeSpan Cpu, long Bytes, double P50) Play(Workflows.Definitions.WorkflowGraph graph, TimeSpan time)
    {
        var (times, cpu, allocated, started) = (new List<double>(1_000_000), ProcessorTime.Own(), GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            var began = Stopwatch.GetTimestamp();
            var run = Interpreter.Start(graph, new StartRequest(Guid.Empty), new RunEnvironment { Now = DateTimeOffset.UnixEpoch, Seed = (ulong)times.Count });
            if (run.Instance.SubStatus != WorkflowSubStatus.Finished || run.ConsoleLines.Count != 3)
            {
                throw new InvalidOperationException($"A run ended {run.Instance.SubStatus} with {run.ConsoleLines.Count} lines.");
            }

            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        var (elapsed, bytes) = (Stopwatch.GetElapsedTime(started), GC.GetAllocatedBytesForCurrentThread() - allocated);
        var used = ProcessorTime.Own() - cpu;
        times.Sort();
        return (times.Count, elapsed, used, bytes, times[times.Count / 2]);
    }
}
