using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using FlowEngine.Engine.Outbox;
using FlowEngine.Server.Access;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Ai;
using FlowEngine.Server.Api;
using FlowEngine.Server.Channels.WebChat;
using FlowEngine.Server.Composition;
using FlowEngine.Server.Endpoints;
using FlowEngine.Server.Hooks;
using FlowEngine.Server.Jobs;
using FlowEngine.Server.Knowledge;
using FlowEngine.Server.Media;
using FlowEngine.Server.Nodes;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Requests;
using FlowEngine.Server.Studio;
using FlowEngine.Server.Telemetry;
using FlowEngine.Server.Trials;
using FlowEngine.Tests.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests.Api;

/// <summary>Access and the API over HTTP and a migrated database file, with the engine's turns behind it.</summary>
public sealed partial class ApiHost : IAsyncDisposable
{
    public const string Password = "a long enough password";
    private readonly TestDatabase database;
    private bool shared;
    private readonly WebApplication app;

    private ApiHost(IChannel? channel, TestDatabase database, bool shared, bool worker, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        (this.database, this.shared) = (database, shared);
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([.. Settings(), .. database.Settings(), .. settings]);
        builder.Services.AddFlowEngineNode(NodeSettings.Read(builder.Configuration));
        builder.Services.AddFlowEngine(builder.Configuration);
        database.AddTo(builder.Services);
        builder.Services.AddFlowEngineHooks(builder.Configuration);
        builder.Services.AddFlowEngineTelemetry(builder.Configuration);
        builder.Services.AddFlowEngineAccess(builder.Configuration);
        builder.Services.AddFlowEngineAdministration();
        builder.Services.AddFlowEngineKnowledge(builder.Configuration);
        builder.Services.AddFlowEngineAi(builder.Configuration);
        builder.Services.AddFlowEngineApi();
        builder.Services.AddFlowEngineRequests(builder.Configuration);
        builder.Services.AddFlowEngineStudio();
        builder.Services.AddFlowEngineTrials();
        builder.Services.AddFlowEndpoints();
        builder.Services.AddFlowEngineJobs(builder.Configuration, worker);
        builder.Services.AddWebChat(builder.Configuration);
        builder.Services.AddFlowEngineMedia(builder.Configuration, database.Folder);
        builder.Services.AddSingleton<DownloadMedia>((connection, id, most, cancel) => Download(connection, id, most, cancel));
        builder.Services.AddRazorComponents();
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
        if (channel is not null)
        {
            builder.Services.AddSingleton(channel);
        }

        builder.Services.Configure<Microsoft.AspNetCore.Builder.RequestLocalizationOptions>(Server.Resources.Languages.Configure);
        app = builder.Build();
        app.UseRequestLocalization();
        app.UseFlowEngineAccess();
        app.MapWebChat();
        app.MapAccount();
        Health.Map(app);
        app.MapFlowEngineApi();
        app.MapFlowEngineStudio();
        app.MapFlowEndpoints();
        app.MapJobs();
        app.MapMetrics();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public IServiceProvider Services => app.Services;

    /// <summary>Where files of messages are kept.</summary>
    public string MediaFolder => Path.Combine(database.Folder, "media");

    /// <summary>The provider's files.</summary>
    public DownloadMedia Download { get; set; } = (_, _, _, _) => Task.FromResult<Download>(new Download.Gone("There is no provider."));

    /// <param name="channel">The way out to leads; without one nothing can be sent.</param>
    /// <param name="database">Shared with other hosts, as by several nodes; without one it has a file of its own.</param>
    /// <param name="settings">More of the configuration.</param>
    /// <param name="at">How much later than other hosts its clock begins.</param>
    /// <param name="worker">Whether Hangfire's server runs in it, by the machine's clock.</param>
    public static async Task<ApiHost> Start(IChannel? channel = null, TestDatabase? database = null, bool worker = false, TimeSpan at = default, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var host = new ApiHost(channel, database ?? await TestDatabase.Create(DatabaseKind.Sqlite), shared: database is not null, worker, settings ?? new Dictionary<string, string?>());
        host.Clock.Advance(at);
        await host.Services.GetRequiredService<IDatabaseStart>().Run(CancellationToken.None);
        await using (var scope = host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<FirstAdmin>().Ensure(CancellationToken.None);
        }

        await host.Services.GetRequiredService<ConfigurationSeed>().Apply(CancellationToken.None);
        await host.app.StartAsync();
        return host;
    }

    /// <summary>With a database of its own of this kind; skips where there is no PostgreSQL.</summary>
    public static async Task<ApiHost> On(DatabaseKind kind)
    {
        var database = await TestDatabase.Create(kind);
        var host = await Start(database: database);
        host.shared = false;
        return host;
    }

    /// <summary>Without cookies and without following redirects.</summary>
    public HttpClient Anonymous() => app.GetTestClient();

    /// <summary>By the key that is named like its role.</summary>
    public HttpClient As(string role)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", KeyOf(role));
        return client;
    }

    /// <summary>A person's session, by the sign-in form.</summary>
    public async Task<HttpClient> SignedIn(string email = "admin@localhost", string password = Password)
    {
        var client = Anonymous();
        var answer = await SubmitLogin(client, email, password);
        answer.StatusCode.Should().Be(System.Net.HttpStatusCode.Redirect);
        client.DefaultRequestHeaders.Remove("Cookie");
        client.DefaultRequestHeaders.Add("Cookie", CookieOf(answer, "FlowEngine="));
        return client;
    }

    /// <summary>Another agent, made by the administrator.</summary>
    public async Task<HttpClient> SignedInAgent(string email = "bea@example.com")
    {
        var made = await As("admin").PostAsJsonAsync("/api/agents", new { email, name = "Bea", role = "agent", password = Password, departments = new[] { "sales" } });
        made.EnsureSuccessStatusCode();
        return await SignedIn(email);
    }

    public static async Task<HttpResponseMessage> SubmitLogin(HttpClient client, string email, string password, string returnUrl = "/", string language = "en")
    {
        using var page = new HttpRequestMessage(HttpMethod.Get, $"/account/login?returnUrl={Uri.EscapeDataString(returnUrl)}");
        page.Headers.AcceptLanguage.ParseAdd(language);
        var form = await client.SendAsync(page);
        var token = Token().Match(await form.Content.ReadAsStringAsync()).Groups[1].Value;
        using var submit = new HttpRequestMessage(HttpMethod.Post, "/account/login")
        {
            Content = new FormUrlEncodedContent([
                new("email", email), new("password", password), new("returnUrl", returnUrl), new("__RequestVerificationToken", token)]),
        };
        submit.Headers.AcceptLanguage.ParseAdd(language);
        submit.Headers.Add("Cookie", CookieOf(form, "FlowEngine.Form="));
        return await client.SendAsync(submit);
    }

    public static async Task<JsonElement> Json(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>A lead of the connection <c>ventas</c>; answers its conversation.</summary>
    public async Task<Guid> NewLead(string phone = "+34 600 111 222")
    {
        var answer = await As("integration").PostAsJsonAsync("/api/leads", new { connection = "ventas", contact = new { name = "Ana", phone }, source = "form" });
        return (await Json(answer)).GetProperty("conversationId").GetGuid();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        if (!shared)
        {
            await database.DisposeAsync();
        }
    }

    private static string KeyOf(string role) => $"test-key-of-the-{role}";

    private static string CookieOf(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.First(c => c.StartsWith(name, StringComparison.Ordinal)).Split(';')[0] : "";

    private static Dictionary<string, string?> Settings()
    {
        var settings = new Dictionary<string, string?>
        {
            ["FlowEngine:Admin:Password"] = Password,
            ["FlowEngine:Departments:0:Key"] = "sales",
            ["FlowEngine:Turns:SettleLingers"] = "00:00:00", // this clock stands still
            ["FlowEngine:Requests:Strategies:patientPartner:MaxRetryAttempts"] = "5",
            ["FlowEngine:Departments:0:Name"] = "Sales",
            ["FlowEngine:Connections:0:Name"] = "Ventas",
            ["FlowEngine:Connections:0:Kind"] = "whatsapp",
            ["FlowEngine:Connections:0:AccessToken"] = "secret-token-1234",
            ["FlowEngine:Connections:1:Key"] = "web",
            ["FlowEngine:Connections:1:Name"] = "Web <chat>",
            ["FlowEngine:Connections:1:Kind"] = "webchat",
            ["FlowEngine:Connections:1:WebChat:Origins:0"] = "https://shop.example",
            ["FlowEngine:Connections:1:WebChat:Greeting:es"] = "¡Hola!",
        };
        foreach (var (role, index) in Roles.All.Select((role, index) => (role, index)))
        {
            settings[$"FlowEngine:ApiKeys:{index}:Name"] = role;
            settings[$"FlowEngine:ApiKeys:{index}:Key"] = KeyOf(role);
            settings[$"FlowEngine:ApiKeys:{index}:Role"] = role;
        }

        return settings;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
