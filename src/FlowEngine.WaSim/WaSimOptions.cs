namespace FlowEngine.WaSim;

/// <summary>One business number of the stand-in and how it behaves. Nothing here may be a production secret.</summary>
public sealed record WaSimOptions
{
    public required string PhoneNumberId { get; init; }

    public required string BusinessAccountId { get; init; }

    /// <summary>Signs what is sent to the webhook.</summary>
    public required string AppSecret { get; init; }

    public required string VerifyToken { get; init; }

    /// <summary>The only token that may send; tokens that look like the provider's own (EAA…) are refused.</summary>
    public required string AccessToken { get; init; }

    /// <summary>Where webhooks go; may also be set later, when the receiver's port is known.</summary>
    public Uri? CallbackUrl { get; init; }

    /// <summary>The business number in digits; people cannot have it.</summary>
    public string DisplayPhoneNumber { get; init; } = "12025550100";

    /// <summary>Put in front of recipients that come without a plus sign, as the provider does.</summary>
    public string CountryCode { get; init; } = "1";

    /// <summary>Where people and their chats are kept over restarts, and in a folder beside it their media; null keeps all in memory only.</summary>
    public string? File { get; init; }

    /// <summary>Bytes that all media together may take before the oldest is dropped.</summary>
    public long MediaBudget { get; init; } = 100 * 1024 * 1024;

    /// <summary>Same seed, same ids, delays and choices; null takes an unforeseeable one, so that ids never repeat over restarts.</summary>
    public int? Seed { get; init; }

    /// <summary>Bearer token of the control API; null closes it.</summary>
    public string? ControlToken { get; init; }

    /// <summary>Whether a closed window is refused in the answer (true) or by a failed status (false, the provider's usual way).</summary>
    public bool RefuseClosedWindowAtOnce { get; init; }

    /// <summary>Sends a second that the number takes before it answers 130429.</summary>
    public int MessagesPerSecond { get; init; } = 80;

    /// <summary>Whether failed statuses carry our opaque data too; the provider's documents leave it open.</summary>
    public bool OpaqueOnFailed { get; init; }

    /// <summary>Waits between attempts of a delivery that was not answered 200, the last one again and again; null takes the provider's, up to six hours.</summary>
    public IReadOnlyList<TimeSpan>? Redelivery { get; init; }

    public TimeSpan SentAfter { get; init; } = TimeSpan.FromMilliseconds(150);

    public TimeSpan DeliveredAfter { get; init; } = TimeSpan.FromMilliseconds(600);

    public TimeSpan ReadAfter { get; init; } = TimeSpan.FromSeconds(3);
}
