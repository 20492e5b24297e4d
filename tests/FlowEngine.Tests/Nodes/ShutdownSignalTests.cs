using FlowEngine.Server.Nodes;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests.Nodes;

public sealed class ShutdownSignalTests : IDisposable
{
    private readonly FakeTimeProvider clock = new();
    private readonly Leaving leaving = new();
    private readonly ApplicationLifetime application = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly ShutdownSignal signal;

    public ShutdownSignalTests() =>
        signal = new ShutdownSignal(leaving, new NodeSettings("a", true, true, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(20)), application, clock);

    public void Dispose()
    {
        signal.Dispose();
        leaving.Dispose();
    }

    [Fact]
    public async Task The_node_is_not_ready_at_once_and_closes_its_door_only_after_the_notice()
    {
        var left = signal.Leave();

        leaving.HasBegun.Should().BeTrue();
        application.ApplicationStopping.IsCancellationRequested.Should().BeFalse("the proxy may still send somebody");

        clock.Advance(TimeSpan.FromSeconds(3));
        await left;
        application.ApplicationStopping.IsCancellationRequested.Should().BeTrue();
    }

    [Fact]
    public async Task A_second_signal_does_not_wait()
    {
        _ = signal.Leave();
        await signal.Leave();

        application.ApplicationStopping.IsCancellationRequested.Should().BeTrue();
    }
}
