using System.Net.Sockets;
using System.Reflection;
using FlowEngine.Server.Composition;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using NSubstitute;

namespace FlowEngine.Tests.Composition;

public sealed class ArrivalOrderTests
{
    /// <summary>Fails when a new runtime has no such property any more; then arrivals need another way to keep their order.</summary>
    [Fact]
    public async Task The_thread_that_watches_the_sockets_carries_what_comes_on_an_accepted_connection_and_on_no_other()
    {
        using var accepted = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var own = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var feature = Substitute.For<IConnectionSocketFeature>();
        feature.Socket.Returns(accepted);
        await using var connection = new DefaultConnectionContext();
        connection.Features.Set(feature);

        await ArrivalOrder.OfConnection(_ => Task.CompletedTask)(connection);

        var inline = typeof(SafeSocketHandle).GetProperty("PreferInlineCompletions", BindingFlags.Instance | BindingFlags.NonPublic)!;
        inline.GetValue(accepted.SafeHandle).Should().Be(!OperatingSystem.IsWindows());
        inline.GetValue(own.SafeHandle).Should().Be(Environment.GetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS") == "1");
    }
}
