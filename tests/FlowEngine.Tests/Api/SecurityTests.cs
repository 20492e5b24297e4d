using System.Net;
using System.Net.Http.Json;
using FlowEngine.Server.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Api;

/// <summary>Held against every endpoint that exists, so that a new one is not forgotten.</summary>
public sealed class SecurityTests
{
    // The last ones are files of the API page's library and of the Studio as published, the same for everybody.
    private static readonly string[] Public =
    [
        "/account/login", "/elsa/api/identity/login", "/elsa/api/identity/refresh-token", "/health/live", "/health/ready", "/docs/scalar.js", "/docs/scalar.aspnetcore.js", "/docs/favicon.svg",
        "/studio/_framework/x", "/studio/_content/x", "/studio/appsettings.json", "/studio/Elsa.Studio.Host.CustomElements.styles.css",
    ];

    /// <summary>The chat's page, its files and its calls are for strangers; what needs a visitor's token has tests of its own.</summary>
    private static readonly string[] Chat =
    [
        "/chat", "/chat/x", "/chat/x/sample", "/chat/chat.css", "/chat/chat.js", "/chat/thread.js", "/chat/line.js", "/chat/words.js", "/chat/blobs.js", "/chat/tray.js", "/chat/widget.js",
        "/chat/x/session", "/chat/x/messages", "/chat/x/seen", "/chat/x/stream", "/chat/x/files", "/chat/x/files/018f0000-0000-7000-8000-000000000001",
    ];

    [Fact]
    public async Task Nobody_gets_in_without_a_session_or_a_key_except_where_it_says_so()
    {
        await using var host = await ApiHost.Start();
        var open = new List<string>();
        foreach (var (method, path, _) in Calls(host))
        {
            var answer = await host.Anonymous().SendAsync(new HttpRequestMessage(method, path));
            if (answer.StatusCode != HttpStatusCode.Unauthorized && !Public.Contains(path) && !Chat.Contains(path))
            {
                open.Add($"{method} {path}: {answer.StatusCode}");
            }
        }

        open.Should().BeEmpty();
    }

    [Fact]
    public async Task An_unknown_key_is_refused_as_a_problem()
    {
        await using var host = await ApiHost.Start();
        var client = host.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "ApiKey of somebody else's");

        var answer = await client.GetAsync("/api/conversations?tab=waiting");

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        (await ApiHost.Json(answer)).GetProperty("code").GetString().Should().Be("notSignedIn");
    }

    [Theory]
    [InlineData("agent")]
    [InlineData("supervisor")]
    [InlineData("integration")]
    [InlineData("automation")]
    public async Task Only_an_administrator_administers(string role)
    {
        await using var host = await ApiHost.Start();
        var administrative = Calls(host).Where(c => c.Policies.Contains(Policies.Admin)).ToList();
        administrative.Should().HaveCountGreaterThan(8);
        foreach (var (method, path, _) in administrative)
        {
            var answer = await host.As(role).SendAsync(new HttpRequestMessage(method, path) { Content = JsonContent.Create(new { }) });
            answer.StatusCode.Should().Be(HttpStatusCode.Forbidden, $"{role} {method} {path}");
        }
    }

    [Theory]
    [InlineData("integration")]
    [InlineData("automation")]
    public async Task A_key_without_a_desk_role_does_not_work_at_the_desk(string role)
    {
        await using var host = await ApiHost.Start();
        var desk = Calls(host).Where(c => c.Policies.Contains(Policies.Desk)).ToList();
        desk.Should().HaveCountGreaterThan(15);
        foreach (var (method, path, _) in desk)
        {
            HttpContent body = path == "/api/knowledge/import" ? new ByteArrayContent([]) { Headers = { ContentType = new("application/zip") } } : JsonContent.Create(new { });
            var answer = await host.As(role).SendAsync(new HttpRequestMessage(method, path) { Content = body });
            answer.StatusCode.Should().Be(HttpStatusCode.Forbidden, $"{role} {method} {path}");
        }
    }

    [Fact]
    public async Task An_outside_automation_may_do_what_it_is_for_and_nothing_else()
    {
        await using var host = await ApiHost.Start();
        var open = new List<string>();
        foreach (var (method, path, _) in Calls(host).Where(c => !Public.Contains(c.Path) && c.Path.StartsWith("/api/", StringComparison.Ordinal) && c.Path != "/api/events"))
        {
            var answer = await host.As("automation").SendAsync(new HttpRequestMessage(method, path) { Content = method == HttpMethod.Get ? null : JsonContent.Create(new { }) });
            if (answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.UnsupportedMediaType))
            {
                open.Add($"{method} {path.Replace("018f0000-0000-7000-8000-000000000001", "{id}", StringComparison.Ordinal)}");
            }
        }

        string[] its = ["claim", "messages", "handoff", "release"];
        open.Should().BeEquivalentTo([.. its.Select(verb => $"POST /api/conversations/{{id}}/automation/{verb}"), "POST /api/conversations/{id}/messages", "GET /api/messages/{id}/media", "GET /api/commands/{id}"]);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("agent")]
    [InlineData("integration")]
    public async Task Nobody_else_acts_as_an_outside_automation(string role)
    {
        await using var host = await ApiHost.Start();
        var lead = await host.NewLead();
        foreach (var verb in new[] { "claim", "messages", "handoff", "release" })
        {
            (await host.As(role).PostAsJsonAsync($"/api/conversations/{lead}/automation/{verb}", new { })).StatusCode.Should().Be(HttpStatusCode.Forbidden, $"{role} {verb}");
        }

        var pretended = await host.As(role).PostAsJsonAsync($"/api/conversations/{lead}/messages", new { @as = "automation", clientId = "c1", epoch = 0, text = "hi" });
        pretended.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_agent_brings_no_leads()
    {
        await using var host = await ApiHost.Start();
        (await host.As("agent").PostAsJsonAsync("/api/leads", new { })).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Another_sites_page_cannot_use_a_persons_session(string header, string value)
    {
        await using var host = await ApiHost.Start();
        var client = await host.SignedIn();
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

        var changed = await client.PostAsJsonAsync("/api/labels", new { name = "vip" });
        var read = await client.GetAsync("/api/labels");

        changed.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await ApiHost.Json(changed)).GetProperty("code").GetString().Should().Be("crossSite");
        read.StatusCode.Should().Be(HttpStatusCode.OK);
        (await ApiHost.Json(read)).GetProperty("items").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Our_own_page_can()
    {
        await using var host = await ApiHost.Start();
        var client = await host.SignedIn();
        client.DefaultRequestHeaders.Add("Origin", "http://localhost");

        (await client.PostAsJsonAsync("/api/labels", new { name = "vip" })).StatusCode.Should().Be(HttpStatusCode.Created);
    }

    private static IEnumerable<(HttpMethod Method, string Path, string[] Policies)> Calls(ApiHost host) =>
        from endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(TextOf))))
        let policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy ?? "").ToArray()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (new HttpMethod(method), path.TrimEnd('/'), policies);

    private static string TextOf(Microsoft.AspNetCore.Routing.Patterns.RoutePatternPart part) => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "documentName" } => "v1",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { ParameterPolicies.Count: > 0 } => "018f0000-0000-7000-8000-000000000001",
        _ => "x",
    };
}
