using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using FlowEngine.Tests.Stores;
using FlowEngine.WaSim;

namespace FlowEngine.Tests.Journeys;

/// <summary>
/// The real server in a process of its own with a real database, and the provider's stand-in in this process. It can be killed at any
/// moment and started again on the same data.
/// </summary>
public sealed class ServerUnderTest : IAsyncDisposable
{
    private const int MostLines = 20_000;
    private const string Key = "journey-key-0123456789abcdef";
    private readonly TestDatabase database;
    private readonly int port = FreePort();
    private readonly ConcurrentQueue<string> output = new();
    private readonly Dictionary<string, string> settings;
    private Process? process;

    private ServerUnderTest(WaSimHost provider, TestDatabase database, string flows, string flow, IReadOnlyDictionary<string, string> more)
    {
        this.database = database;
        Provider = provider;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(30) };
        Http.DefaultRequestHeaders.Add("Authorization", $"ApiKey {Key}");
        settings = Settings(provider, flows, flow);
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        provider.Sim.Callbacks.Url = new Uri(Http.BaseAddress, "/webhooks/whatsapp/main");
    }

    public WaSimHost Provider { get; }

    public HttpClient Http { get; }

    /// <summary>What the server printed, newest last.</summary>
    public string Output => string.Join('\n', output);

    /// <param name="flows">Folder of definitions to import.</param>
    /// <param name="flow">Definition that takes new leads.</param>
    /// <param name="more">Further settings, by the names of their environment variables.</param>
    public static async Task<ServerUnderTest> Start(
        string flows, string flow, int seed, DatabaseKind kind = DatabaseKind.Sqlite, IReadOnlyDictionary<string, string>? more = null)
    {
        var database = await TestDatabase.Create(kind);
        var provider = await WaSimHost.Start(
            new WaSimOptions
            {
                PhoneNumberId = "555000111",
                BusinessAccountId = "555000222",
                AppSecret = "journey-secret",
                VerifyToken = "journey-verify",
                AccessToken = "journey-token",
                Seed = seed,
                MessagesPerSecond = 100_000,
                Redelivery = [TimeSpan.Zero, TimeSpan.FromSeconds(1)],
                SentAfter = TimeSpan.FromMilliseconds(20),
                DeliveredAfter = TimeSpan.FromMilliseconds(40),
                ReadAfter = TimeSpan.FromMilliseconds(60),
            },
            TimeProvider.System);
        var server = new ServerUnderTest(provider, database, flows, flow, more ?? new Dictionary<string, string>());
        await server.Run();
        return server;
    }

    /// <summary>Starts the process and waits until it is ready.</summary>
    public async Task Run()
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
        await Until(async () => (await Http.GetAsync("/health/ready")).IsSuccessStatusCode, TimeSpan.FromSeconds(60), "the server to be ready");
    }

    /// <summary>kill -9: no handler of the process runs.</summary>
    public async Task Kill()
    {
        // Those who wait meanwhile must not take this end for a failure.
        using var victim = process!;
        process = null;
        victim.Kill(entireProcessTree: true);
        await victim.WaitForExitAsync();
    }

    public async Task<JsonElement> Get(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    public async Task<JsonElement> Post(string path, object body)
    {
        var response = await Http.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.Should().BeTrue($"POST {path} answered {(int)response.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Polls real I/O until it holds; the deadline only bounds a failure.</summary>
    public async Task Until(Func<Task<bool>> holds, TimeSpan within, string what)
    {
        var end = Stopwatch.GetTimestamp() + (long)(within.TotalSeconds * Stopwatch.Frequency);
        while (true)
        {
            try
            {
                if (await holds())
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not up yet, or just killed.
            }

            if (process is { HasExited: true } || Stopwatch.GetTimestamp() > end)
            {
                throw new InvalidOperationException($"Waited in vain for {what}.\n{string.Join('\n', output.TakeLast(200))}");
            }

            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await Kill();
        }

        Http.Dispose();
        await Provider.DisposeAsync();
        await database.DisposeAsync();
    }

    private Dictionary<string, string> Settings(WaSimHost provider, string flows, string flow) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ASPNETCORE_URLS"] = Http.BaseAddress!.ToString(),
        ["FlowEngine__Data"] = database.Folder,
        ["ConnectionStrings__FlowEngine"] = database.ConnectionString ?? "",
        ["FlowEngine__Flows__Folder"] = flows,
        ["FlowEngine__Admin__Password"] = "journey-password-1",
        ["FlowEngine__ApiKeys__0__Name"] = "journey",
        ["FlowEngine__ApiKeys__0__Key"] = Key,
        ["FlowEngine__ApiKeys__0__Role"] = "admin",
        ["FlowEngine__Departments__0__Key"] = "ventas",
        ["FlowEngine__Departments__0__Name"] = "Ventas",
        ["FlowEngine__Departments__1__Key"] = "soporte",
        ["FlowEngine__Departments__1__Name"] = "Soporte",
        ["FlowEngine__Departments__2__Key"] = "facturacion",
        ["FlowEngine__Departments__2__Name"] = "Facturación",
        ["FlowEngine__Connections__0__Key"] = "main",
        ["FlowEngine__Connections__0__Name"] = "Main",
        ["FlowEngine__Connections__0__Kind"] = "whatsapp",
        ["FlowEngine__Connections__0__Flow"] = flow,
        ["FlowEngine__Connections__0__PhoneNumberId"] = provider.Sim.Options.PhoneNumberId,
        ["FlowEngine__Connections__0__BusinessAccountId"] = provider.Sim.Options.BusinessAccountId,
        ["FlowEngine__Connections__0__AccessToken"] = provider.Sim.Options.AccessToken,
        ["FlowEngine__Connections__0__AppSecret"] = provider.Sim.Options.AppSecret,
        ["FlowEngine__Connections__0__VerifyToken"] = provider.Sim.Options.VerifyToken,
        ["FlowEngine__Connections__0__GraphBaseUrl"] = provider.GraphBaseUrl,
        ["FlowEngine__Connections__1__Key"] = "web",
        ["FlowEngine__Connections__1__Name"] = "Web",
        ["FlowEngine__Connections__1__Kind"] = "webchat",
        ["FlowEngine__Connections__1__Flow"] = flow,
    };

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        output.Enqueue(line);
        while (output.Count > MostLines)
        {
            output.TryDequeue(out _);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
