using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;

namespace FlowEngine.Engine.Turns;

/// <summary>
/// The durable side of the spine, written by hand for each database (and once in memory). One conformance suite holds them all to
/// the same behaviour. Every method is one round trip; every write is one transaction that happens wholly or not at all.
///
/// A store acts for one node (<see cref="NodeId"/>). A mailbox with something to do is leased to the node that turns it (decision 8): the append
/// takes the lease where nobody holds it, a turn's commit succeeds only under it and gives it back when nothing is left to do. What
/// a node held that has died passes to whoever calls <see cref="TakeOver"/> first.
/// </summary>
public interface ITurnStore
{
    /// <summary>
    /// Commit 1: events are durable when this returns. Resolves contact and conversation by alias (creating both when new),
    /// refuses a dedupe key that is known, and answers for each event in order. Events of one batch keep their order, and so do calls
    /// that were made one after the other without waiting for their end.
    /// </summary>
    ValueTask<IReadOnlyList<AppendResult>> Append(IReadOnlyList<NewEvent> events, DateTimeOffset now, CancellationToken cancel);

    /// <summary>
    /// As <see cref="Append"/>, but without waiting for the disk: what was stored becomes durable with the next commit that waits for it, and the commit of
    /// the turn that takes it is one. Only for callers that tell nobody before they have that turn's outcome; who gives the outcome up calls
    /// <see cref="Secure"/> first. So an event and its turn wait for the disk once.
    /// </summary>
    ValueTask<IReadOnlyList<AppendResult>> AppendAhead(IReadOnlyList<NewEvent> events, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Waits for the disk for what was appended ahead, and appends again what a crash of the database has lost meanwhile.</summary>
    ValueTask Secure(IReadOnlyList<NewEvent> events, DateTimeOffset now, CancellationToken cancel);

    /// <summary>
    /// Everything one turn needs: the conversation, its pending events in order of arrival, its live run, due timers, and the
    /// messages that are unsettled or that the events speak of. Null when there is no such mailbox, or another node holds it.
    /// </summary>
    ValueTask<TurnLoad?> Load(Guid mailbox, DateTimeOffset now, CancellationToken cancel);

    /// <summary>
    /// Commit 2: all of the turn. False when the mailbox's version is not the one that was loaded (somebody else turned it), another
    /// node holds its lease, or the key of what it received is known; nothing was written then and the turn is decided again from fresh state.
    /// </summary>
    ValueTask<bool> Commit(Checkpoint checkpoint, CancellationToken cancel);

    /// <summary>
    /// The calling mark (decision 11), written without waiting for the disk just before the provider is called.
    /// False when the message is no longer Released in that attempt: then it must not be called.
    /// </summary>
    ValueTask<bool> MarkCalling(Guid message, int attempt, CancellationToken cancel);

    /// <summary>The stored outcome of a command's event; null when unknown or not yet turned.</summary>
    ValueTask<CommandOutcome?> FindOutcome(Guid eventId, CancellationToken cancel);

    /// <summary>
    /// Mailboxes that have something to do now (pending events, due timers, messages whose WakeAt has come) and that no other node holds.
    /// </summary>
    ValueTask<IReadOnlyList<Guid>> FindDue(DateTimeOffset now, int limit, CancellationToken cancel);

    /// <summary>The earliest instant after <paramref name="now"/> at which <see cref="FindDue"/> will have more; null when nothing waits.</summary>
    ValueTask<DateTimeOffset?> NextDueAt(DateTimeOffset now, CancellationToken cancel);

    /// <summary>This node lives. Said at start before anything is appended, and then every <see cref="TurnOptions.HeartbeatEvery"/>.</summary>
    ValueTask Heartbeat(DateTimeOffset now, CancellationToken cancel);

    /// <summary>
    /// What dead nodes left, those without a heartbeat for <see cref="TurnOptions.NodeDeadAfter"/>; touches nothing that a live node holds, so it
    /// is called at start and again and again. Their mailboxes are this node's from now on. Released messages without calling mark go back to
    /// Queued (they were never called) and are due at once; Calling ones become Unknown with WakeAt = <paramref name="unknownUntil"/>. The first
    /// call of a process lets all that were Unknown already wait until then too, since their status may have come while nobody listened.
    /// Tasks that they had taken are free again. Answers how many messages were requeued and how many are newly unknown.
    /// </summary>
    ValueTask<(int Requeued, int Unknown)> TakeOver(DateTimeOffset now, DateTimeOffset unknownUntil, CancellationToken cancel);

    /// <summary>
    /// The same for a run that has a mailbox of its own (<see cref="Ids.IsRun"/>). Null when there is no such mailbox, or another node holds it.
    /// </summary>
    ValueTask<RunLoad?> LoadRun(Guid mailbox, DateTimeOffset now, CancellationToken cancel);

    /// <summary>
    /// What a turn of the run starts from that alone waits for a signal of which nothing is stored yet; the turn's commit stores it
    /// (<see cref="Checkpoint.Received"/>). Null when it must be stored first: several runs wait for it, or none, or a conversation's, or one whose
    /// mailbox has something pending or is another node's.
    /// </summary>
    ValueTask<RunLoad?> LoadWaiting(SignalTarget signal, DateTimeOffset now, CancellationToken cancel);

    /// <summary>The run that holds a claim of a checkpoint; null when it is free.</summary>
    ValueTask<Guid?> FindHolder(string claim, CancellationToken cancel);

    /// <summary>What an event of a run's mailbox has answered; null when unknown or not yet turned.</summary>
    ValueTask<RunOutcome?> FindRunOutcome(Guid eventId, CancellationToken cancel);

    /// <summary>
    /// Gives kept signals to bookmarks that have come meanwhile, and drops those whose time is over. A bookmark takes its signal in the commit that
    /// adds it; this finds the ones that were stored at the very same moment. Answers how many went into a mailbox.
    /// </summary>
    ValueTask<int> DeliverKept(DateTimeOffset now, CancellationToken cancel);

    /// <summary>
    /// This node turns nothing any more: its appends take no lease from now on, and what it holds that is not at the provider is given back to
    /// whoever looks first. Said again when the last send has ended, for the rest; a node that holds nothing then is forgotten.
    /// </summary>
    ValueTask StandDown(CancellationToken cancel);

    /// <summary>A run's stored state by id, of any status; null when unknown.</summary>
    ValueTask<InstanceRecord?> FindInstance(Guid instance, CancellationToken cancel);

    /// <summary>
    /// Takes open tasks that nobody works on, or whose worker let its time run out, oldest first. Who takes one must renew it before
    /// <paramref name="until"/>. Written without waiting for the disk: a take that a crash of the machine forgets is taken once more.
    /// </summary>
    /// <param name="by">The node that takes them.</param>
    ValueTask<IReadOnlyList<TakenTask>> TakeTasks(string by, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancel);

    /// <summary>Renews what this process works on. Answers the tasks that are still its own, stale ones included; the others were withdrawn.</summary>
    ValueTask<IReadOnlyList<Guid>> KeepTasks(string by, IReadOnlyList<Guid> tasks, DateTimeOffset until, CancellationToken cancel);

    /// <summary>The conversation as work outside of a turn may read it: the newest messages of its present episode. Null when there is none.</summary>
    ValueTask<ThreadRead?> ReadThread(Guid mailbox, int messages, CancellationToken cancel);
}
