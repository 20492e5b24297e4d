using System.Net;
using FlowEngine.Server.Telemetry;
using FlowEngine.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Telemetry;

/// <summary>Alone: whoever listens to a meter hears those of all servers in the process.</summary>
[Collection(Listening.Name)]
public sealed class MetricsCallTests
{
    [Fact]
    public async Task Supervisors_scrape_what_the_newest_look_said()
    {
        await using var host = await ApiHost.Start();
        await host.NewLead();
        await host.Services.GetRequiredService<Census>().Look(check: true, default);

        var text = await (await host.As("supervisor").GetAsync("/metrics")).Content.ReadAsStringAsync();

        text.Should().MatchRegex("(?m)^flowengine_conversations[^\n]*tab=\"notStarted\"[^\n]* 1( |$)");
        text.Should().MatchRegex("(?m)^flowengine_double_replies[^\n]* 0( |$)");
        text.Should().MatchRegex("(?m)^flowengine_invariants_violated[^\n]*invariant=\"I11\"[^\n]* 0( |$)");
        text.Should().Contain("flowengine_mailbox_pending");
    }

    [Theory]
    [InlineData("agent", HttpStatusCode.Forbidden)]
    [InlineData("integration", HttpStatusCode.Forbidden)]
    [InlineData("admin", HttpStatusCode.OK)]
    public async Task Of_the_others_administrators_do(string role, HttpStatusCode answer)
    {
        await using var host = await ApiHost.Start();

        (await host.As(role).GetAsync("/metrics")).StatusCode.Should().Be(answer);
        (await host.As(role).GetAsync("/api/health/invariants")).StatusCode.Should().Be(answer);
    }
}
