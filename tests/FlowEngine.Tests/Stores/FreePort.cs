using System.Net;
using System.Net.Sockets;

namespace FlowEngine.Tests.Stores;

/// <summary>A port of this machine that nobody listens on, to be taken a while later.</summary>
internal static class FreePort
{
    // Below the ports that systems give to outgoing calls: no call of anybody on this machine can take one in the meantime.
    private const int First = 20_000;
    private const int Last = 32_000;

    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there.
            }
        }
    }
}
