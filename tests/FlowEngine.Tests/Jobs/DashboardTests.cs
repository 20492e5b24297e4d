using System.Net;
using FlowEngine.Tests.Api;

namespace FlowEngine.Tests.Jobs;

public sealed class DashboardTests
{
    [Fact]
    public async Task An_administrator_who_is_signed_in_sees_the_jobs_and_nobody_else_does()
    {
        await using var host = await ApiHost.Start();

        var admin = await (await host.SignedIn()).GetAsync("/jobs");
        admin.StatusCode.Should().Be(HttpStatusCode.OK);
        (await admin.Content.ReadAsStringAsync()).Should().Contain("FlowEngine");

        (await (await host.SignedInAgent()).GetAsync("/jobs")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await host.As("supervisor").GetAsync("/jobs")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await host.As("admin").GetAsync("/jobs")).StatusCode.Should().Be(HttpStatusCode.Unauthorized, "a key is no person");
        (await host.Anonymous().GetAsync("/jobs")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await host.Anonymous().GetAsync("/jobs/css123")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_stranger_with_a_browser_is_led_to_the_sign_in_and_back()
    {
        await using var host = await ApiHost.Start();
        var browser = host.Anonymous();
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        var answer = await browser.GetAsync("/jobs");

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().Should().Contain("/account/login?returnUrl=%2Fjobs");
    }

    [Fact]
    public async Task A_page_of_jobs_may_load_only_our_own_files_and_be_framed_by_nobody()
    {
        await using var host = await ApiHost.Start();

        var page = await (await host.SignedIn()).GetAsync("/jobs");

        var policy = string.Join(';', page.Headers.GetValues("Content-Security-Policy"));
        policy.Should().Contain("default-src 'none'").And.Contain("script-src 'self';").And.Contain("frame-ancestors 'none'");
        page.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
    }

    [Fact]
    public async Task A_change_without_the_antiforgery_token_is_refused()
    {
        await using var host = await ApiHost.Start();
        var admin = await host.SignedIn();

        var bare = await admin.PostAsync("/jobs/recurring/remove", new FormUrlEncodedContent([new("jobs[]", "retention")]));
        bare.IsSuccessStatusCode.Should().BeFalse();

        admin.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        (await admin.PostAsync("/jobs/recurring/remove", new FormUrlEncodedContent([new("jobs[]", "retention")]))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }
}
