using FlowEngine.Conversations;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Tests.Stores;

public sealed class MemoryTurnStoreTests : TurnStoreSuite
{
    private MemoryTurnStore Memory => (MemoryTurnStore)Store;

    public override Task InitializeAsync()
    {
        Store = new MemoryTurnStore(Ids);
        return Task.CompletedTask;
    }

    public override Task DisposeAsync() => Task.CompletedTask;

    protected override Task<IReadOnlyList<Message>> Messages(Guid conversation) => Task.FromResult(Memory.Messages(conversation));

    protected override Task<IReadOnlyList<HistoryEntry>> History(Guid conversation) => Task.FromResult(Memory.History(conversation));

    protected override Task<IReadOnlyList<HookDelivery>> Hooks() => Task.FromResult(Memory.Hooks());

    protected override Task<IReadOnlyList<JournalBurst>> Journal(Guid instance) => Task.FromResult(Memory.Journal(instance));

    protected override Task<IReadOnlyList<BookmarkRecord>> Bookmarks(Guid instance) => Task.FromResult(Memory.Bookmarks(instance));

    protected override Task<IReadOnlyList<(IncidentRecord Incident, IncidentClosed? Closed)>> Incidents() => Task.FromResult(Memory.Incidents());

    protected override Task<bool> IsDead(Guid eventId) => Task.FromResult(Memory.IsDead(eventId));

    protected override Task SetStaff(Staff staff)
    {
        Memory.Staff = staff;
        return Task.CompletedTask;
    }
}
