using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>
/// How much one address may ask, by kind of call. The framework's own middleware would do the same, but nothing ever disposes its limiter: its timer
/// would keep the whole host in memory after its end.
/// </summary>
public sealed class AddressPace(ChatLimits limits) : IDisposable
{
    private readonly Dictionary<string, PartitionedRateLimiter<string>> kinds = new(StringComparer.Ordinal)
    {
        [ChatLimits.Sessions] = Bucket(limits.SessionBurst, 1),
        [ChatLimits.Messages] = Bucket(limits.MessageBurst, 10),
        [ChatLimits.Calls] = Bucket(limits.CallBurst, 50),
        [ChatLimits.Bytes] = PartitionedRateLimiter.Create<string, string>(
            address => RateLimitPartition.GetTokenBucketLimiter(address, _ => ChatLimits.BucketOfBytes(limits.AddressMegabytes))),
        [ChatLimits.Streams] = PartitionedRateLimiter.Create<string, string>(
            address => RateLimitPartition.GetConcurrencyLimiter(address, _ => new ConcurrencyLimiterOptions { PermitLimit = limits.StreamsAtOnce })),
    };

    /// <summary>Dispose it when the call has ended.</summary>
    public RateLimitLease Ask(string kind, HttpContext http) => kinds[kind].AttemptAcquire(AddressOf(http));

    /// <param name="size">In bytes, of a file that is not larger than all that an address may send.</param>
    public RateLimitLease File(HttpContext http, long size) => kinds[ChatLimits.Bytes].AttemptAcquire(AddressOf(http), ChatLimits.KibOf(size));

    public void Dispose()
    {
        foreach (var limiter in kinds.Values)
        {
            limiter.Dispose();
        }
    }

    private static PartitionedRateLimiter<string> Bucket(int burst, int eachSecond) =>
        PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetTokenBucketLimiter(address, _ => ChatLimits.Bucket(burst, eachSecond)));

    /// <summary>An IPv6 household has a whole /64 of addresses.</summary>
    private static string AddressOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}

internal static class AddressPaceOfEndpoints
{
    /// <summary>Refuses what comes too fast before anything of it is read.</summary>
    /// <param name="kind">One of the names in <see cref="ChatLimits"/>.</param>
    public static void Paced(this IEndpointConventionBuilder endpoint, string kind) => endpoint.Finally(built =>
    {
        var next = built.RequestDelegate!;
        built.RequestDelegate = async http =>
        {
            using var lease = http.RequestServices.GetRequiredService<AddressPace>().Ask(kind, http);
            await (lease.IsAcquired ? next(http) : ChatLimits.Reject(http, lease).AsTask());
        };
    });
}
