using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using FlowEngine.Tests.Architecture;

namespace FlowEngine.Tests.Deployment;

/// <summary>The image's health check as the container runs it, against a real socket.</summary>
public sealed class HealthCheckTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nready", true)]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 7\r\n\r\nleaving", false)]
    public async Task A_container_is_healthy_only_while_the_server_is_ready(string answer, bool healthy)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var asked = Answer(listener, answer);

        (await Check(port)).Should().Be(healthy);
        (await asked).Should().StartWith("GET /health/ready HTTP/1.0\r\n");
    }

    [Fact]
    public async Task A_container_whose_server_does_not_listen_is_not_healthy()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();

        (await Check(port)).Should().BeFalse();
    }

    private static async Task<bool> Check(int port)
    {
        var command = SourceTree.Read("Dockerfile").Split('\n').Single(l => l.TrimStart().StartsWith("CMD [", StringComparison.Ordinal)).Trim()["CMD ".Length..];
        var words = JsonSerializer.Deserialize<string[]>(command)!;
        var start = new ProcessStartInfo(words[0]) { RedirectStandardError = true };
        foreach (var word in words[1..])
        {
            start.ArgumentList.Add(word.Replace("/8080", $"/{port}", StringComparison.Ordinal));
        }

        using var check = Process.Start(start)!;
        await check.WaitForExitAsync();
        return check.ExitCode == 0;
    }

    private static async Task<string> Answer(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var request = new byte[1024];
        var read = await stream.ReadAsync(request);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        return Encoding.ASCII.GetString(request, 0, read);
    }
}
