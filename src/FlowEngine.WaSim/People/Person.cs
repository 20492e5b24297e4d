namespace FlowEngine.WaSim.People;

/// <summary>Somebody with WhatsApp. A person may be known by a phone, by a user id of this business, or by both.</summary>
public sealed record Person
{
    /// <summary>The phone in digits, or the user id of a person who shows none.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? WaId { get; init; }

    public string? UserId { get; init; }

    /// <summary>False for a number without WhatsApp: what is sent to it fails with 131026.</summary>
    public bool Exists { get; init; } = true;

    public bool Blocked { get; init; }

    /// <summary>Whether the person lets others see that messages were read.</summary>
    public bool SendsReceipts { get; init; } = true;

    /// <summary>The 24 hours count from here.</summary>
    public DateTimeOffset? LastWroteAt { get; init; }

    public bool HasOpenWindow(DateTimeOffset now) => LastWroteAt is { } last && now < last.AddHours(24);
}
