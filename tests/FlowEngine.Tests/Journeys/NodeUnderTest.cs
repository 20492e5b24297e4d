using System.Collections.Concurrent;
using System.Diagnostics;
using FlowEngine.Tests.Stores;

namespace FlowEngine.Tests.Journeys;

/// <summary>One process of the real server. It can be killed, paused and asked to leave at any moment, and started again with the same settings.</summary>
public sealed class NodeUnderTest : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> output = new();
    private readonly IReadOnlyDictionary<string, string> settings;
    private Process? process;

    public NodeUnderTest(IReadOnlyDictionary<string, string> settings, string key)
    {
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{FreePort.Next()}"), Timeout = TimeSpan.FromMinutes(2) };
        Http.DefaultRequestHeaders.Add("Authorization", $"ApiKey {key}");
        this.settings = new Dictionary<string, string>(settings) { ["ASPNETCORE_URLS"] = Http.BaseAddress.ToString() };
    }

    public HttpClient Http { get; }

    public Uri Address => Http.BaseAddress!;

    /// <summary>What it printed, newest last.</summary>
    public string Output => string.Join('\n', output);

    public string LastLines => string.Join('\n', output.TakeLast(200));

    /// <summary>It ended, and nobody had asked it to.</summary>
    public bool HasFailed => process is { HasExited: true };

    public bool IsRunning => process is not null;

    /// <summary>Whether the process has an assembly open, as Linux tells it.</summary>
    public bool HasLoaded(string assembly) => File.ReadAllText($"/proc/{process!.Id}/maps").Contains($"/{assembly}.dll", StringComparison.Ordinal);

    /// <summary>Starts the process; it is ready some time later.</summary>
    public void Begin()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "FlowEngine.Server.dll"));
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public async Task<bool> IsReady()
    {
        try
        {
            return (await Http.GetAsync("/health/ready")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>kill -9: no handler of the process runs.</summary>
    public async Task Kill()
    {
        // Those who wait meanwhile must not take this end for a failure.
        if (Interlocked.Exchange(ref process, null) is { } victim)
        {
            using (victim)
            {
                victim.Kill(entireProcessTree: true);
                await victim.WaitForExitAsync();
            }
        }
    }

    /// <summary>SIGTERM, as a deployment sends it; ends when the process has ended, with its exit code.</summary>
    public async Task<int> Leave()
    {
        using var leaving = Interlocked.Exchange(ref process, null)!;
        await Signal("TERM", leaving.Id);
        await leaving.WaitForExitAsync();
        return leaving.ExitCode;
    }

    /// <summary>The machine takes its processor away; it notices nothing of it.</summary>
    public Task Pause() => Signal("STOP", process!.Id);

    public Task Resume() => Signal("CONT", process!.Id);

    public async ValueTask DisposeAsync()
    {
        await Kill();
        Http.Dispose();
    }

    private static async Task Signal(string name, int id)
    {
        using var kill = Process.Start("kill", [$"-{name}", id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        output.Enqueue(line);
        while (output.Count > 20_000)
        {
            output.TryDequeue(out _);
        }
    }
}
