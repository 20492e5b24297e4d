namespace FlowEngine.Conversations;

/// <summary>
/// Monotone merge of the provider's reports into a message's state (invariant I9, races R95, R97, R98): reports may come twice, late and in any
/// order, and the result is the same.
/// </summary>
public static class DeliveryStatus
{
    /// <param name="status">sent, delivered, read, played, failed; any other word changes nothing.</param>
    public static MessageState Merge(MessageState current, string status) => (current, StateOf(status)) switch
    {
        (_, null) or (MessageState.Received, _) => current,

        // A failure is final unless something proves that the lead has it; and where it has it, a failure proves nothing.
        (MessageState.Failed, MessageState.Sent) => current,
        (MessageState.Delivered or MessageState.Read or MessageState.Played, MessageState.Failed) => current,
        (_, MessageState.Failed) => MessageState.Failed,

        // Believed failed or stopped, and yet it went: the report is the truth.
        (MessageState.Failed or MessageState.Stopped, { } proof) => proof,
        (_, { } later) => later > current ? later : current,
    };

    private static MessageState? StateOf(string status) => status switch
    {
        "sent" => MessageState.Sent,
        "delivered" => MessageState.Delivered,
        "read" => MessageState.Read,
        "played" => MessageState.Played,
        "failed" => MessageState.Failed,
        _ => null,
    };
}
