using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace FlowEngine.Server.Composition;

/// <summary>
/// Requests reach the first middleware in the order in which their bytes reached this machine (decision record 006). By default two threads
/// watch the sockets and the thread pool reads them, so two messages of a lead that come within a fifth of a millisecond on two
/// connections change places one time in eight.
/// </summary>
public static class ArrivalOrder
{
    private const string Threads = "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT";

    /// <summary>Before the first socket of the process: one thread watches all sockets.</summary>
    public static void OfSockets()
    {
        if (Environment.GetEnvironmentVariable(Threads) is null)
        {
            Environment.SetEnvironmentVariable(Threads, "1");
        }
    }

    /// <summary>
    /// For each connection that is accepted: the watching thread itself carries what it reads until the first wait. Only there: what goes on
    /// after an answer of the database or of a provider belongs on the thread pool, and must never block the thread that watches the sockets.
    /// </summary>
    public static ConnectionDelegate OfConnection(ConnectionDelegate next) => connection =>
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket && !OperatingSystem.IsWindows())
        {
            PreferInline(socket, true);
        }

        return next(connection);
    };

    // What the runtime's own switch for all sockets of a process sets; a test says when a runtime no longer has it.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_PreferInlineCompletions")]
    private static extern void PreferInline(Socket socket, bool value);
}
