using System.Net;
using System.Net.Sockets;

namespace FlowEngine.Server.Requests;

/// <summary>An address that flows may not reach; the message names the host and not what it resolved to.</summary>
public sealed class PrivateAddressRefused(string host)
    : IOException($"'{host}' is an address of a private network. An administrator can allow it by FlowEngine:Requests:AllowedHosts.");

/// <summary>
/// Opens the connections of flows' requests. What the name resolves to is looked at here, at the moment of connecting and for this very
/// connection, so that neither a redirect nor a name that changes its address meanwhile leads inside.
/// </summary>
internal sealed class GuardedConnection(RequestOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    public async ValueTask<Stream> Open(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancel);
        var allowed = options.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase) ? found : Array.FindAll(found, PublicAddress.Is);
        if (allowed.Length == 0)
        {
            throw found.Length == 0 ? new SocketException((int)SocketError.HostNotFound) : new PrivateAddressRefused(host);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
