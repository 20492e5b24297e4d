using System.Globalization;
using System.Threading.RateLimiting;
using FlowEngine.Server.Access;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>
/// How much strangers may ask. By address, since anybody can be a new visitor; several visitors share an address, so those bounds are wide. The
/// narrow bound is the visitor's own (<see cref="VisitorPace"/>). Read from <c>FlowEngine:WebChat</c>.
/// </summary>
public sealed record ChatLimits
{
    public const string Calls = "chat-calls";
    public const string Sessions = "chat-sessions";
    public const string Messages = "chat-messages";
    public const string Streams = "chat-streams";
    public const string Bytes = "chat-bytes";

    /// <summary>Longest message, in UTF-16 units.</summary>
    public int LongestText { get; init; } = 4096;

    /// <summary>Messages of one visitor at once, and then one each second.</summary>
    public int VisitorBurst { get; init; } = 12;

    /// <summary>New or renewed sessions of one address at once, and then one each second.</summary>
    public int SessionBurst { get; init; } = 60;

    /// <summary>Messages of one address at once, and then ten each second.</summary>
    public int MessageBurst { get; init; } = 120;

    /// <summary>Other calls of one address at once, and then fifty each second.</summary>
    public int CallBurst { get; init; } = 600;

    /// <summary>Open streams of one address.</summary>
    public int StreamsAtOnce { get; init; } = 200;

    /// <summary>MiB of files of one visitor at once; as much comes back within a day.</summary>
    public int VisitorMegabytes { get; init; } = 200;

    /// <summary>MiB of files of one address at once; as much comes back within a day.</summary>
    public int AddressMegabytes { get; init; } = 2000;

    /// <summary>Bytes of the largest file: what is kept at all, and not more than may be sent at once.</summary>
    public long LargestFile(long kept) => Math.Min(kept, Math.Min(VisitorMegabytes, AddressMegabytes) * 1024L * 1024);

    /// <summary>429 as a problem, with the time after which it may be tried again.</summary>
    public static ValueTask Reject(HttpContext http, RateLimitLease lease) => Reject(http, lease, "tooMany", "Too many requests; try again in a moment.");

    public static async ValueTask Reject(HttpContext http, RateLimitLease lease, string code, string title)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        await AccessProblems.Write(http, StatusCodes.Status429TooManyRequests, code, title);
    }

    internal static TokenBucketRateLimiterOptions Bucket(int burst, int eachSecond) =>
        new() { TokenLimit = burst, TokensPerPeriod = eachSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0 };

    /// <summary>Files are counted by the KiB, and what was used comes back by the minute.</summary>
    internal static TokenBucketRateLimiterOptions BucketOfBytes(int megabytes) => new()
    {
        TokenLimit = megabytes * 1024, TokensPerPeriod = Math.Max(1, megabytes * 1024 / (24 * 60)), ReplenishmentPeriod = TimeSpan.FromMinutes(1), QueueLimit = 0,
    };

    /// <param name="bytes">At most an <see cref="int"/> of KiB, which is 2 TiB.</param>
    internal static int KibOf(long bytes) => (int)((bytes + 1023) / 1024);
}

/// <summary>How fast and how much one visitor may write, and how many of its pages may listen at once.</summary>
public sealed class VisitorPace(ChatLimits limits) : IDisposable
{
    private const int MostStreams = 8;

    private readonly PartitionedRateLimiter<Guid> messages =
        PartitionedRateLimiter.Create<Guid, Guid>(visitor => RateLimitPartition.GetTokenBucketLimiter(visitor, _ => ChatLimits.Bucket(limits.VisitorBurst, 1)));

    private readonly PartitionedRateLimiter<Guid> bytes =
        PartitionedRateLimiter.Create<Guid, Guid>(visitor => RateLimitPartition.GetTokenBucketLimiter(visitor, _ => ChatLimits.BucketOfBytes(limits.VisitorMegabytes)));

    private readonly PartitionedRateLimiter<Guid> streams =
        PartitionedRateLimiter.Create<Guid, Guid>(visitor => RateLimitPartition.GetConcurrencyLimiter(visitor, _ => new ConcurrencyLimiterOptions { PermitLimit = MostStreams }));

    public RateLimitLease Message(Guid visitor) => messages.AttemptAcquire(visitor);

    /// <param name="size">In bytes, of a file that is not larger than all that a visitor may send.</param>
    public RateLimitLease File(Guid visitor, long size) => bytes.AttemptAcquire(visitor, ChatLimits.KibOf(size));

    /// <summary>Dispose it when the stream ends.</summary>
    public RateLimitLease Stream(Guid visitor) => streams.AttemptAcquire(visitor);

    public void Dispose()
    {
        messages.Dispose();
        bytes.Dispose();
        streams.Dispose();
    }
}
