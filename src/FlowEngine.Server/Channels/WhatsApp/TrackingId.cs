namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>
/// Our message id in the provider's opaque field: it comes back in statuses and is how a send whose answer was lost is found again. Other
/// tools on the same number may write the field too, so ours has a mark.
/// </summary>
internal static class TrackingId
{
    private const string Mark = "fe:";

    public static string Of(Guid message) => $"{Mark}{message:D}";

    public static Guid? Parse(string? opaque) =>
        opaque is not null && opaque.StartsWith(Mark, StringComparison.Ordinal) && Guid.TryParse(opaque.AsSpan(Mark.Length), out var id) ? id : null;
}
