using System.Net;
using FlowEngine.Server.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Api;

public sealed class HealthTests
{
    [Fact]
    public async Task A_node_that_leaves_is_alive_and_not_ready_and_still_serves()
    {
        await using var host = await ApiHost.Start();
        var client = host.As("admin");
        (await client.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.OK);

        host.Services.GetRequiredService<Leaving>().Begin();

        var ready = await client.GetAsync("/health/ready");
        ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).Should().Be("leaving");
        (await client.GetAsync("/health/live")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await client.GetAsync("/api/conversations/counts")).StatusCode.Should().Be(HttpStatusCode.OK, "whom the proxy still sends is not turned away");
    }
}
