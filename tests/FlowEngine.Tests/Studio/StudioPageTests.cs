using System.Net;
using FlowEngine.Server.Studio.Hosting;
using FlowEngine.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Studio;

public sealed class StudioPageTests
{
    [Theory]
    [InlineData("/studio")]
    [InlineData("/studio/")]
    [InlineData("/studio?page=1&pageSize=10")]
    [InlineData("/studio/definitions/recepcion")]
    [InlineData("/studio/instances")]
    [InlineData("/studio/instances/018f0000-0000-7000-8000-000000000001")]
    public async Task Each_page_is_for_supervisors_and_administrators_and_loads_nothing_from_elsewhere(string path)
    {
        await using var host = await ApiHost.Start();
        foreach (var role in new[] { "supervisor", "admin" })
        {
            var answer = await host.As(role).GetAsync(path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            policy.Should().Contain("default-src 'self'").And.Contain("frame-ancestors 'none'").And.NotContain("http").And.NotContain("'unsafe-eval'");
            (await answer.Content.ReadAsStringAsync()).Should().Contain("<base href=\"/studio/\">").And.NotContain("://");
        }

        (await host.As("agent").GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_person_without_a_session_is_sent_to_sign_in_and_back()
    {
        await using var host = await ApiHost.Start();
        var client = host.Anonymous();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        var answer = await client.GetAsync("/studio/definitions/recepcion");

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().Should().Contain("/account/login?returnUrl=%2Fstudio%2Fdefinitions%2Frecepcion");
    }

    [Fact]
    public async Task Without_the_npm_package_the_page_says_what_to_install()
    {
        await using var host = await ApiHost.Start();
        host.Services.GetRequiredService<StudioFiles>().Installed.Should().BeFalse("the test host has no package beside it");

        var answer = await host.As("admin").GetAsync("/studio");

        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("npm ci");
    }

    [Theory]
    [InlineData("/studio/workflows/definitions", "/studio")]
    [InlineData("/studio/workflows/definitions/recepcion/edit", "/studio/definitions/recepcion")]
    [InlineData("/studio/workflows/instances", "/studio/instances")]
    [InlineData("/studio/workflows/instances/1/view", "/studio/instances/1")]
    public async Task Addresses_that_the_Studio_makes_by_itself_lead_to_our_pages(string own, string ours)
    {
        await using var host = await ApiHost.Start();
        (await host.As("supervisor").GetAsync(own)).Headers.Location!.ToString().Should().Be(ours);
    }

    [Fact]
    public void What_an_attribute_says_cannot_break_out_of_the_page()
    {
        const string evil = "x</script><script>alert(1)</script>";
        System.Text.Json.JsonSerializer.Serialize(new { evil }).Should().NotContain("</script>");
    }
}
