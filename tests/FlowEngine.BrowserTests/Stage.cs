using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace FlowEngine.BrowserTests;

/// <summary>One server, one browser and three people who work there, shared by all tests: starting them costs most of the time.</summary>
public sealed class Stage : IAsyncLifetime
{
    public const string Password = "Correct-horse-7-battery";
    private const string MachineKey = "browser-tests-only-key-0123456789";

    // A first page on a cold, busy machine takes long; afterwards everything answers in well under a second. None of these is waited for: they only say when to give up.
    private const float Patience = 120_000;
    private const float ToBeSeen = 30_000;

    private static readonly string[] Switches =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];

    private ServerProcess? server;
    private IPlaywright? playwright;
    private IBrowser? browser;
    private string? missing;

    public static Employee Admin { get; } = new("Alma Torres", "alma@example.com", "admin");

    public static Employee Ana { get; } = new("Ana Rivera", "ana@example.com", "agent");

    public static Employee Bruno { get; } = new("Bruno Lima", "bruno@example.com", "agent");

    public Uri Address => server!.Address;

    public async Task InitializeAsync()
    {
        missing = WhatIsMissing();
        if (missing is not null)
        {
            return;
        }

        server = await ServerProcess.Start(Setting.PublishedServer!, Settings());
        await Employ(Ana);
        await Employ(Bruno);
        Assertions.SetDefaultExpectTimeout(ToBeSeen);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Setting.Browser, Headless = true, Args = Switches, Timeout = Patience });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>Skips the test when browser or server are missing; in continuous integration it fails instead.</summary>
    public void Require()
    {
        if (missing is null)
        {
            return;
        }

        Assert.False(Setting.IsContinuousIntegration, missing);
        Skip.If(true, missing);
    }

    /// <summary>A browser of its own: other cookies, other language. Console errors are kept, so that a test can ask for none.</summary>
    public async Task<Visitor> Visit(string language = "es-ES", int width = 1440, int height = 900, bool dark = false, Uri? at = null)
    {
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = (at ?? Address).ToString(),
            Locale = language,
            TimezoneId = "Europe/Madrid",
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        context.SetDefaultTimeout(Patience);
        return new Visitor(context, await context.NewPageAsync());
    }

    /// <summary>One that a test may stop and start; only the administrator works there.</summary>
    internal static Task<ServerProcess> ServerOfItsOwn() => ServerProcess.Start(Setting.PublishedServer!, Settings());

    /// <summary>Calls the REST API as an administrator's key.</summary>
    internal HttpClient Machine()
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", MachineKey);
        return client;
    }

    private static string? WhatIsMissing() =>
        Setting.Browser is null ? "Chromium or Chrome is not on PATH; install it or name it by FLOWENGINE_CHROMIUM."
        : Setting.PublishedServer is null ? "The server is not published; ./test.sh does it, or name its folder by FLOWENGINE_PUBLISHED."
        : null;

    private static Dictionary<string, string> Settings() => new()
    {
        ["FlowEngine__Admin__Email"] = Admin.Email,
        ["FlowEngine__Admin__Password"] = Password,
        ["FlowEngine__Demo"] = "true",
        ["FlowEngine__TimeZone"] = "Europe/Madrid",
        ["FlowEngine__ApiKeys__0__Name"] = "browser-tests",
        ["FlowEngine__ApiKeys__0__Key"] = MachineKey,
        ["FlowEngine__ApiKeys__0__Role"] = "admin",
    };

    private async Task Employ(Employee employee)
    {
        using var machine = Machine();
        var body = new { employee.Email, employee.Name, employee.Role, Password, departments = await Departments(machine) };
        using var answer = await machine.PostAsJsonAsync("/api/agents", body);
        Assert.True(answer.IsSuccessStatusCode, $"{employee.Email}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private static async Task<string[]> Departments(HttpClient machine)
    {
        var page = await machine.GetFromJsonAsync<JsonNode>("/api/departments");
        return [.. page!["items"]!.AsArray().Select(d => d!["key"]!.GetValue<string>())];
    }
}

/// <summary>Somebody who works with the inbox.</summary>
public sealed record Employee(string Name, string Email, string Role);

/// <summary>All browser tests play on the one stage, one after the other.</summary>
[CollectionDefinition(nameof(Stage))]
public sealed class StageCollection : ICollectionFixture<Stage>;
