using FlowEngine.Conversations;

namespace FlowEngine.Server.Inbox;

/// <summary>What the inbox and the API read. Never writes; sees what is committed.</summary>
public sealed class InboxQueries
{
    /// <summary>One page of a tab. Waiting is sorted by the longest wait, the others by the newest activity; Finished lists episodes.</summary>
    public Task<InboxPage> Page(Tab tab, InboxFilter filter, Guid? me, string? cursor, int limit, CancellationToken cancel) => throw new NotImplementedException();

    public Task<TabCounts> Counts(InboxFilter filter, Guid? me, CancellationToken cancel) => throw new NotImplementedException();

    public Task<ConversationDetail?> Find(Guid conversation, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Newest first, those with an order number below <paramref name="before"/>.</summary>
    public Task<IReadOnlyList<MessageView>> Messages(Guid conversation, long? before, int limit, CancellationToken cancel) => throw new NotImplementedException();

    public Task<IReadOnlyList<HistoryView>> History(Guid conversation, int limit, CancellationToken cancel) => throw new NotImplementedException();
}
