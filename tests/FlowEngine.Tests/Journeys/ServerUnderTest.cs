using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using FlowEngine.Tests.Stores;
using FlowEngine.WaSim;

namespace FlowEngine.Tests.Journeys;

/// <summary>
/// The real server in a process of its own with a real database, or several of them behind one entrance on PostgreSQL; and the provider's stand-in in
/// this process.
/// </summary>
public sealed class ServerUnderTest : IAsyncDisposable
{
    private const string Key = "journey-key-0123456789abcdef";
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(3);
    private readonly TestDatabase database;

    private ServerUnderTest(WaSimHost provider, TestDatabase database, string flows, string? flow, IReadOnlyDictionary<string, string> more, int nodes, string? rolesOfFirst)
    {
        (Provider, this.database) = (provider, database);
        Nodes = [.. Enumerable.Range(0, nodes).Select(i => new NodeUnderTest(Settings(flows, flow, (char)('a' + i), i == 0 ? rolesOfFirst : null, more), Key))];
        Http = Nodes[0].Http;
    }

    public WaSimHost Provider { get; }

    public IReadOnlyList<NodeUnderTest> Nodes { get; }

    /// <summary>Before several nodes; null before one.</summary>
    public Entrance? Entrance { get; private set; }

    /// <summary>By the entrance, or the only node.</summary>
    public HttpClient Http { get; private set; }

    /// <summary>What the nodes printed, newest last.</summary>
    public string Output => string.Join("\n---\n", Nodes.Select(n => n.Output));

    public string? ConnectionString => database.ConnectionString;

    /// <param name="flows">Folder of definitions to import.</param>
    /// <param name="flow">Definition that takes new leads; null leaves it to the triggers.</param>
    /// <param name="kind">Of the database of all nodes; several nodes need PostgreSQL, and make the schema themselves.</param>
    /// <param name="prepared">A database in which a test has done something before the first start; it is disposed with this.</param>
    /// <param name="more">Further settings, by the names of their environment variables.</param>
    public static async Task<ServerUnderTest> Start(
        string flows, string? flow, int seed, DatabaseKind kind = DatabaseKind.Sqlite, IReadOnlyDictionary<string, string>? more = null,
        int nodes = 1, TimeSpan? statusesAfter = null, string? rolesOfFirst = null, TestDatabase? prepared = null)
    {
        var soon = statusesAfter ?? TimeSpan.FromMilliseconds(20);
        var database = prepared ?? await TestDatabase.Create(kind, empty: nodes > 1);
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
                SentAfter = soon,
                DeliveredAfter = soon * 2,
                ReadAfter = soon * 3,
            },
            TimeProvider.System);
        var server = new ServerUnderTest(provider, database, flows, flow, more ?? new Dictionary<string, string>(), nodes, rolesOfFirst);
        if (nodes > 1)
        {
            server.Entrance = await Entrance.Open([.. server.Nodes.Select(n => n.Address)]);
            server.Http = new HttpClient { BaseAddress = server.Entrance.Address, Timeout = TimeSpan.FromMinutes(2) };
            server.Http.DefaultRequestHeaders.Add("Authorization", $"ApiKey {Key}");
        }

        provider.Sim.Callbacks.Url = new Uri(server.Http.BaseAddress!, "/webhooks/whatsapp/main");
        await server.Run([.. server.Nodes]);
        return server;
    }

    /// <summary>kill -9 of the only node, or the first.</summary>
    public Task Kill() => Nodes[0].Kill();

    /// <summary>Starts these nodes, or all, at once, and waits until they are ready.</summary>
    public async Task Run(params NodeUnderTest[] nodes)
    {
        nodes = nodes.Length == 0 ? [.. Nodes] : nodes;
        foreach (var node in nodes)
        {
            node.Begin();
        }

        foreach (var node in nodes)
        {
            await Until(node.IsReady, StartsWithin, "the server to be ready");
        }
    }

    public async Task<JsonElement> Get(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    public Task<JsonElement> Post(string path, object body) => Post(Http, path, body);

    /// <summary>Of one node.</summary>
    public static async Task<JsonElement> Post(HttpClient http, string path, object body)
    {
        var response = await http.PostAsJsonAsync(path, body);
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
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not up yet, just killed, or too busy to answer in time.
            }

            if (Nodes.Any(n => n.HasFailed) || Stopwatch.GetTimestamp() > end)
            {
                throw new InvalidOperationException($"Waited in vain for {what}.\n{string.Join("\n---\n", Nodes.Select(n => n.LastLines))}");
            }

            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        if (Entrance is not null)
        {
            Http.Dispose();
            await Entrance.DisposeAsync();
        }

        await Provider.DisposeAsync();
        await database.DisposeAsync();
    }

    private Dictionary<string, string> Settings(string flows, string? flow, char node, string? roles, IReadOnlyDictionary<string, string> more) => new(more)
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ConnectionStrings__FlowEngine"] = database.ConnectionString ?? "",
        ["FlowEngine__Roles"] = roles ?? "",
        ["FlowEngine__Node__Name"] = $"node-{node}",
        ["FlowEngine__Data"] = Path.Combine(database.Folder, node.ToString()),
        ["FlowEngine__Flows__Folder"] = flows,
        ["FlowEngine__Admin__Password"] = "journey-password-1",
        ["FlowEngine__ApiKeys__0__Name"] = "journey",
        ["FlowEngine__ApiKeys__0__Key"] = Key,
        ["FlowEngine__ApiKeys__0__Role"] = "admin",
        ["FlowEngine__ApiKeys__1__Name"] = "second",
        ["FlowEngine__ApiKeys__1__Key"] = SecondKey,
        ["FlowEngine__ApiKeys__1__Role"] = "supervisor",
        ["FlowEngine__Departments__0__Key"] = "ventas",
        ["FlowEngine__Departments__0__Name"] = "Ventas",
        ["FlowEngine__Departments__1__Key"] = "soporte",
        ["FlowEngine__Departments__1__Name"] = "Soporte",
        ["FlowEngine__Departments__2__Key"] = "facturacion",
        ["FlowEngine__Departments__2__Name"] = "Facturación",
        ["FlowEngine__Connections__0__Key"] = "main",
        ["FlowEngine__Connections__0__Name"] = "Main",
        ["FlowEngine__Connections__0__Kind"] = "whatsapp",
        ["FlowEngine__Connections__0__Flow"] = flow ?? "",
        ["FlowEngine__Connections__0__PhoneNumberId"] = Provider.Sim.Options.PhoneNumberId,
        ["FlowEngine__Connections__0__BusinessAccountId"] = Provider.Sim.Options.BusinessAccountId,
        ["FlowEngine__Connections__0__AccessToken"] = Provider.Sim.Options.AccessToken,
        ["FlowEngine__Connections__0__AppSecret"] = Provider.Sim.Options.AppSecret,
        ["FlowEngine__Connections__0__VerifyToken"] = Provider.Sim.Options.VerifyToken,
        ["FlowEngine__Connections__0__GraphBaseUrl"] = Provider.GraphBaseUrl,
        ["FlowEngine__Connections__1__Key"] = "web",
        ["FlowEngine__Connections__1__Name"] = "Web",
        ["FlowEngine__Connections__1__Kind"] = "webchat",
        ["FlowEngine__Connections__1__Flow"] = flow ?? "",
    };

    /// <summary>Of another person's machine.</summary>
    public const string SecondKey = "journey-second-key-0123456789";
}
