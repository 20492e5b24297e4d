using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Telemetry;
using FlowEngine.Tests.Stores;
using FlowEngine.Tests.Turns;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Tests.Telemetry;

/// <summary>The watchdog over a database that the engine wrote, and over the same one with a violation planted in it; on each kind of database.</summary>
public abstract class InvariantsSuite(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly TimeSpan Reach = TimeSpan.FromHours(1);
    private TestDatabase database = null!;
    private OpenDatabase file = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.Create(kind);
        file = await database.Open();
    }

    public async Task DisposeAsync()
    {
        await file.DisposeAsync();
        await database.DisposeAsync();
    }

    [SkippableFact]
    public async Task What_the_engine_writes_breaks_nothing()
    {
        var (engine, id) = await Claimed();
        await engine.Do(id, new FinalizeConversation(), TestEngine.Sol);
        await engine.LeadWrites("Otra vez", from: "34600000002");
        await engine.Settle();

        var report = await Check(engine);

        report.Checks.Select(c => c.Invariant).Should().Equal("I3", "I4", "I7", "I10", "I11", "I12");
        report.Checks.Should().OnlyContain(c => c.Cases == 0);
        report.DoubleReplies.Should().Be(0);
    }

    [SkippableFact]
    public async Task A_bots_message_that_was_released_after_a_claim_is_a_double_reply()
    {
        var (engine, id) = await Claimed();
        await Plant(async db =>
        {
            var claimed = await db.History.Where(h => h.ConversationId == id && h.Kind == "claimed").Select(h => h.At).SingleAsync();
            var deadline = claimed + engine.Options.SendDeadline + TimeSpan.FromSeconds(1);
            await db.Messages.Where(m => m.ConversationId == id && m.Author == AuthorKind.Flow).ExecuteUpdateAsync(m => m.SetProperty(x => x.Deadline, deadline));
        });

        var report = await Check(engine);

        Broken(report).Should().Equal("I3", "I4");
        report.DoubleReplies.Should().Be(1);
        report.Checks[0].Conversations.Should().Equal(id);
    }

    [SkippableFact]
    public async Task A_message_that_the_provider_knows_by_two_ids_is_a_double_reply_unless_somebody_decided_so()
    {
        var (engine, id) = await Claimed();
        var message = Guid.Empty;
        await Plant(async db =>
        {
            message = await db.Messages.Where(m => m.ConversationId == id && m.Author == AuthorKind.Flow).Select(m => m.Id).SingleAsync();
            db.Add(new StoredEvent { Id = engine.Ids.Next(), MailboxId = id, Kind = "status", DedupeKey = "planted", Payload = [], MessageId = message, RefProviderId = "another id", State = EventState.Done });
            await db.SaveChangesAsync();
        });

        Broken(await Check(engine)).Should().Equal("I7");

        await Plant(async db =>
        {
            db.Add(new StoredIncident { Id = engine.Ids.Next(), ConversationId = id, MessageId = message, Kind = "UnknownSend", Category = "transient", Code = "x", Message = "x" });
            await db.SaveChangesAsync();
        });
        Broken(await Check(engine)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_lead_who_waits_unseen_a_run_that_cannot_wake_and_a_queue_without_people_are_found()
    {
        var (engine, id) = await Claimed();
        var asleep = await engine.LeadWrites("Hola", from: "34600000002");
        var queued = await engine.LeadWrites("Hola", from: "34600000003");
        await engine.Settle();
        await Plant(async db =>
        {
            await db.Conversations.Where(c => c.Id == id).ExecuteUpdateAsync(c => c
                .SetProperty(x => x.OwnerKind, OwnerKind.Nobody).SetProperty(x => x.Stage, Stage.None).SetProperty(x => x.LeadWrote, false).SetProperty(x => x.AutomationWrote, false));
            await db.Bookmarks.Where(b => b.MailboxId == asleep).ExecuteDeleteAsync();
            await db.Conversations.Where(c => c.Id == queued).ExecuteUpdateAsync(c => c.SetProperty(x => x.OwnerKind, OwnerKind.Queue).SetProperty(x => x.OwnerId, "nowhere"));
        });

        var report = await Check(engine);

        Broken(report).Should().Equal("I10", "I11", "I12");
        report.Checks.Where(c => c.Cases > 0).Select(c => c.Conversations.Single()).Should().Equal(id, asleep, queued);
    }

    [SkippableFact]
    public async Task The_census_counts_what_waits_and_since_when()
    {
        var (engine, _) = await Claimed();
        await engine.LeadWrites("Hola", from: "34600000002");
        var gauges = new CensusQueries(file.Get<IDbContextFactory<FlowEngineContext>>());

        var seen = await gauges.Take(default);

        seen.Tabs[Tab.Waiting].Should().Be(1);
        seen.Tabs[Tab.NotStarted].Should().Be(1, "its first turn has not run");
        seen.Mailbox.Should().Be(new Backlog(1, engine.Clock.GetUtcNow()));
        seen.Mailbox.AgeAt(engine.Clock.GetUtcNow().AddSeconds(90)).Should().Be(90);
        seen.Unknown.Count.Should().Be(0);
    }

    /// <summary>A lead whom a flow asked, and whom a person has taken over since.</summary>
    private async Task<(TestEngine Engine, Guid Id)> Claimed()
    {
        var engine = new TestEngine(file.Get<ITurnStore>(), TestFlows.AskWithTimeout);
        var id = await engine.LeadWrites("Hola");
        await engine.Settle();
        engine.Clock.Advance(TimeSpan.FromSeconds(5));
        (await engine.Do(id, new Claim(), TestEngine.Ana)).Status.Should().Be(CommandStatus.Done);
        return (engine, id);
    }

    private Task<InvariantReport> Check(TestEngine engine) =>
        new Invariants(file.Get<IDbContextFactory<FlowEngineContext>>(), TurnOptions.Default, engine.Clock).Check(Reach, default);

    private static IEnumerable<string> Broken(InvariantReport report) => report.Checks.Where(c => c.Cases > 0).Select(c => c.Invariant);

    private async Task Plant(Func<FlowEngineContext, Task> change)
    {
        await using var db = file.Context();
        await change(db);
    }
}

public sealed class SqliteInvariantsTests() : InvariantsSuite(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresInvariantsTests() : InvariantsSuite(DatabaseKind.Postgres);
