using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Tests.Stores;

public sealed class MemoryTurnStoreTests : TurnStoreSuite
{
    private MemoryTurnStore memory = null!;

    public override Task InitializeAsync()
    {
        Store = memory = new MemoryTurnStore(Ids);
        return Task.CompletedTask;
    }

    protected override ITurnStore On(NodeId node) => memory.On(node);

    public override Task DisposeAsync() => Task.CompletedTask;

    protected override Task<IReadOnlyList<Message>> Messages(Guid conversation) => Task.FromResult(memory.Messages(conversation));

    protected override Task<IReadOnlyList<HistoryEntry>> History(Guid conversation) => Task.FromResult(memory.History(conversation));

    protected override Task<IReadOnlyList<HookDelivery>> Hooks() => Task.FromResult(memory.Hooks());

    protected override Task<IReadOnlyList<JournalBurst>> Journal(Guid instance) => Task.FromResult(memory.Journal(instance));

    protected override Task<IReadOnlyList<BookmarkRecord>> Bookmarks(Guid instance) => Task.FromResult(memory.Bookmarks(instance));

    protected override Task<IReadOnlyList<(IncidentRecord Incident, IncidentClosed? Closed)>> Incidents() => Task.FromResult(memory.Incidents());

    protected override Task<bool> IsDead(Guid eventId) => Task.FromResult(memory.IsDead(eventId));

    protected override Task SetStaff(Staff staff)
    {
        memory.Staff = staff;
        return Task.CompletedTask;
    }
}
