using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using FlowEngine.Tests.Stores;

namespace FlowEngine.BrowserTests;

/// <summary>
/// The published server in a process and a data folder of its own. Where there is a shell, the shell owns the server and waits on its own
/// input: however this test process ends, the pipe closes and the server is asked to stop.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(90);

    private readonly ProcessStartInfo start;
    private readonly string folder;
    private readonly ConcurrentQueue<string> output = new();
    private Process process = new();

    private ServerProcess(ProcessStartInfo start, string folder, Uri address)
    {
        this.start = start;
        this.folder = folder;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>What the server has printed, newest lines last.</summary>
    public string Output => string.Join('\n', output);

    /// <exception cref="InvalidOperationException">It ended or did not become ready in time; the message holds what it printed.</exception>
    public static async Task<ServerProcess> Start(string server, IReadOnlyDictionary<string, string> settings)
    {
        var folder = Directory.CreateTempSubdirectory("flowengine-browser-").FullName;
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var started = new ServerProcess(Describe(server, folder, address, settings), folder, address);
        try
        {
            await started.Run();
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks it to stop, as a deployment does, and waits until it has.</summary>
    public async Task Stop()
    {
        using var ending = process;
        process = new Process();
        await Stop(ending);
    }

    /// <summary>Starts it, again after <see cref="Stop()"/> with the same address and data, and waits until it is ready.</summary>
    public async Task Run()
    {
        process.Dispose();
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await BecomeReady();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static ProcessStartInfo Describe(string server, string folder, Uri address, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (OperatingSystem.IsWindows())
        {
            start.FileName = "dotnet";
            start.ArgumentList.Add(server);
        }
        else
        {
            start.FileName = "sh";
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add("dotnet \"$0\" </dev/null & pid=$!; cat >/dev/null; kill -TERM $pid 2>/dev/null; wait $pid");
            start.ArgumentList.Add(server);
        }

        start.Environment["ASPNETCORE_URLS"] = address.ToString().TrimEnd('/');
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        return start;
    }

    private async Task BecomeReady()
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
        using var deadline = new CancellationTokenSource(StartsWithin);
        using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await IsReady(client))
        {
            if (process.HasExited || deadline.IsCancellationRequested)
            {
                throw new InvalidOperationException($"The server did not become ready within {StartsWithin}. It printed:\n{Output}");
            }

            await pulse.WaitForNextTickAsync();
        }
    }

    private static async Task<bool> IsReady(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static async Task Stop(Process process)
    {
        try
        {
            process.StandardInput.Close();
            using var deadline = new CancellationTokenSource(StopsWithin);
            if (OperatingSystem.IsWindows())
            {
                process.Kill(entireProcessTree: true);
            }

            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        catch (InvalidOperationException)
        {
            // It never started.
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            output.Enqueue(line);
        }
    }
}
