namespace FlowEngine.Conversations;

/// <summary>
/// What a run or an outside automation said just before it gave the conversation away ("a person will answer"): it still goes, under the new epoch, until a later
/// claim or fault moves the epoch again (decision 12).
/// </summary>
public static class LastWords
{
    /// <summary>
    /// The run's unreleased messages, restamped; others are left out. Only those under the grant that is given away: a message that was
    /// already stale is not brought back to life.
    /// </summary>
    /// <param name="grantEpoch">The conversation's epoch before the handoff, the end or the finalize.</param>
    /// <param name="newEpoch">The epoch after it.</param>
    public static IEnumerable<Message> Restamp(IEnumerable<Message> messages, Guid instance, long grantEpoch, long newEpoch) =>
        Restamp(messages.Where(m => m.InstanceId == instance && m.IsAutomatic), grantEpoch, newEpoch);

    /// <summary>The same for an outside automation that hands off.</summary>
    public static IEnumerable<Message> RestampOfApp(IEnumerable<Message> messages, string app, long grantEpoch, long newEpoch) =>
        Restamp(messages.Where(m => m.Author == AuthorKind.OtherApp && m.AuthorId == app), grantEpoch, newEpoch);

    /// <summary>
    /// What the owning run or automation has queued when a problem parks it: it waits for the repair under the epoch that the fault has begun, and
    /// goes on in order then. A claim ends that epoch, and with it these words.
    /// </summary>
    public static IEnumerable<Message> Hold(IEnumerable<Message> messages, Owner owner, long grantEpoch, long newEpoch) =>
        from message in messages
        where message.State == MessageState.Queued && message.Epoch == grantEpoch && message.IsAutomatic && message.IsOf(owner)
        select message with { Epoch = newEpoch };

    private static IEnumerable<Message> Restamp(IEnumerable<Message> messages, long grantEpoch, long newEpoch) =>
        from message in messages
        where message.State == MessageState.Queued && message.Epoch == grantEpoch
        select message with { Epoch = newEpoch, LastWords = true };
}
