using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Jobs.Retention;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Tests.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests.Jobs;

/// <summary>What is cleared when its time of keeping is over, and what stays.</summary>
public sealed class RetentionTests
{
    private static readonly DateTimeOffset Long = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Long.AddDays(31);
    private static readonly RetentionOptions Options = new();

    [Fact]
    public async Task What_an_event_said_is_emptied_and_its_key_still_refuses_a_redelivery()
    {
        await using var file = await SqliteFile.Create();
        var old = Says("hola", Long);
        var mailbox = (await file.Store.Append([old], Long, default))[0].Mailbox;
        await Turn(file, mailbox);
        await file.Store.Append([Says("todavía", Now.AddDays(-1))], Now.AddDays(-1), default);
        await Turn(file, mailbox);

        (await new OldPayloads(Contexts(file), Options).Clear(Now, default)).Should().Be(1);
        (await new OldPayloads(Contexts(file), Options).Clear(Now, default)).Should().Be(0, "it goes on where it has come to");

        await using var db = file.Open();
        (await db.Events.OrderBy(e => e.Seq).Select(e => e.Payload.Length > 0).ToListAsync()).Should().Equal(false, true);
        (await file.Store.Append([old with { Id = new Guid("01890000-0000-7000-8000-0000000000ff") }], Now, default))[0].Status.Should().Be(AppendStatus.Duplicate);
    }

    [Fact]
    public async Task An_event_that_still_waits_for_its_turn_keeps_what_it_says()
    {
        await using var file = await SqliteFile.Create();
        await file.Store.Append([Says("hola", Long)], Long, default);

        (await new OldPayloads(Contexts(file), Options).Clear(Now, default)).Should().Be(0);

        await using var db = file.Open();
        (await db.Events.SingleAsync()).Payload.Should().NotBeEmpty();
    }

    [Fact]
    public async Task More_than_a_batch_of_old_events_is_emptied_in_one_night()
    {
        await using var file = await SqliteFile.Create();
        var said = Enumerable.Range(0, 1200).Select(i => Says($"m{i}", Long)).ToList();
        var mailbox = (await file.Store.Append(said, Long, default))[0].Mailbox;
        for (var turned = 0; turned < said.Count; turned += TurnOptions.Default.EventsPerTurn)
        {
            await Turn(file, mailbox);
        }

        (await new OldPayloads(Contexts(file), Options).Clear(Now, default)).Should().Be(1200);
    }

    [Fact]
    public async Task A_status_that_nobody_knows_is_set_aside_after_a_week_with_its_key()
    {
        await using var file = await SqliteFile.Create();
        var foreign = Status("wamid.foreign");
        await file.Store.Append([foreign], Long, default);
        await file.Store.Append([Status("wamid.fresh")], Long.AddDays(6), default);

        (await new UnmatchedEvents(Contexts(file), Options).Clear(Long.AddDays(8), default)).Should().Be(1);

        await using var db = file.Open();
        var set = await db.Events.OrderBy(e => e.Seq).ToListAsync();
        set.Select(e => e.State).Should().Equal(EventState.Dead, EventState.Pending);
        set[0].Payload.Should().BeEmpty();
        (await file.Store.Append([foreign], Now, default))[0].Status.Should().Be(AppendStatus.Duplicate);
    }

    [Fact]
    public async Task A_run_that_ended_long_ago_goes_with_its_journal_and_one_that_waits_stays()
    {
        var clock = new FakeTimeProvider(Long);
        var ids = Ids.Seeded(clock, 5);
        await using var file = await SqliteFile.Create(ids);
        var mailbox = (await file.Store.Append([Says("hola", Long)], Long, default))[0].Mailbox;
        var ended = Run(ids, mailbox, Long);
        var waiting = Run(ids, mailbox, null);
        await Turn(file, mailbox, c => c with { Instances = [ended, waiting], Journal = [Burst(ids, ended), Burst(ids, waiting)] });

        (await new OldRuns(Contexts(file), Options).Clear(Long.AddDays(179), default)).Should().Be(0);
        (await new OldRuns(Contexts(file), Options).Clear(Long.AddDays(181), default)).Should().Be(1);

        await using var db = file.Open();
        (await db.Instances.Select(i => i.Id).ToListAsync()).Should().Equal(waiting.Id);
        (await db.Journal.Select(j => j.InstanceId).ToListAsync()).Should().Equal(waiting.Id);
        (await db.Conversations.CountAsync()).Should().Be(1);
    }

    [Fact]
    public async Task Delivered_webhooks_go_and_what_is_owed_stays_however_old()
    {
        await using var file = await SqliteFile.Create();
        var mailbox = (await file.Store.Append([Says("hola", Long)], Long, default))[0].Mailbox;
        var ids = Ids.Seeded(new FakeTimeProvider(Long), 9);
        await Turn(file, mailbox, c => c with { Hooks = [.. Enumerable.Range(0, 3).Select(_ => new HookDelivery(ids.Next(), 0, mailbox, "conversation.created", [1], Long))] });
        await using (var db = file.Open())
        {
            var first = await db.HookDeliveries.OrderBy(d => d.Seq).FirstAsync();
            first.State = HookState.Delivered;
            await db.SaveChangesAsync();
        }

        (await new OldHooks(Contexts(file), Options).Clear(Now, default)).Should().Be(1);

        await using var after = file.Open();
        (await after.HookDeliveries.CountAsync(d => d.State == HookState.Owed)).Should().Be(2);
    }

    [Fact]
    public async Task Nought_days_keep_everything()
    {
        await using var file = await SqliteFile.Create();
        var mailbox = (await file.Store.Append([Says("hola", Long), Status("wamid.foreign")], Long, default))[0].Mailbox;
        await Turn(file, mailbox);
        var kept = new RetentionOptions { PayloadDays = 0, UnmatchedDays = 0, RunDays = 0, WebhookDays = 0, ImportDays = 0 };
        IRetention[] all = [new OldPayloads(Contexts(file), kept), new UnmatchedEvents(Contexts(file), kept), new OldRuns(Contexts(file), kept), new OldHooks(Contexts(file), kept), new OldImports(Contexts(file), kept)];

        foreach (var kind in all)
        {
            (await kind.Clear(Now.AddYears(5), default)).Should().Be(0, kind.Of);
        }
    }

    [Fact]
    public async Task No_sweep_reads_a_whole_table()
    {
        await using var file = await SqliteFile.Create();
        await using var db = file.Open();
        var import = Guid.Empty;
        string[] queries =
        [
            OldPayloads.After(db, import, Ids.FirstOf(Now)).Select(e => e.Id).ToQueryString(),
            OldRuns.Started(db, Guid.Empty, Now).Select(i => i.Id).ToQueryString(),
            OldHooks.After(db, 7).Select(d => d.Seq).ToQueryString(),
            UnmatchedEvents.Waiting(db, Now).Select(e => e.Id).ToQueryString(),
            db.Journal.Where(j => j.InstanceId == import).ToQueryString(),
            FlowEngine.Server.Leads.Imports.ImportWork.Open(db).Select(i => i.Id).ToQueryString(),
            FlowEngine.Server.Leads.Imports.ImportWork.Waiting(db, import).ToQueryString(),
        ];

        foreach (var query in queries)
        {
            var plan = await SqlitePlan.Of(file, query);
            plan.Where(step => step.StartsWith("SCAN", StringComparison.Ordinal) && !SqlitePlan.IsSmallIndex(step)).Should().BeEmpty("the plan of {0} is {1}", query, string.Join("; ", plan));
        }
    }

    private static IDbContextFactory<FlowEngineContext> Contexts(SqliteFile file) => file.Get<IDbContextFactory<FlowEngineContext>>();

    private static Guid IdAt(DateTimeOffset at) => Ids.Seeded(new FakeTimeProvider(at), ++serial).Next();

    private static int serial;

    private static NewEvent Says(string text, DateTimeOffset at) =>
        new(IdAt(at), $"k:{text}", new LeadMessage($"wamid.{text}", at, MessageContent.OfText(text)))
        {
            Address = new Address("ventas", "waba", [new ContactAlias("waId", "34600111222")], "Ana"),
        };

    private static NewEvent Status(string providerId) =>
        new(IdAt(Long), $"s:{providerId}", new StatusUpdate(providerId, "delivered", Long, null))
        {
            Reference = new MessageReference("ventas", providerId, null),
        };

    private static async Task Turn(SqliteFile file, Guid mailbox, Func<Checkpoint, Checkpoint>? with = null)
    {
        var load = (await file.Store.Load(mailbox, Long, default))!;
        var checkpoint = new Checkpoint { Mailbox = mailbox, ExpectedVersion = load.MailboxVersion, Now = Long, Events = [.. load.Events.Select(e => new EventDone(e.Id, null))] };
        (await file.Store.Commit(with is null ? checkpoint : with(checkpoint), default)).Should().BeTrue();
    }

    private static InstanceRecord Run(Ids ids, Guid conversation, DateTimeOffset? finished) => new()
    {
        Id = ids.Next(),
        DefinitionId = "f",
        VersionId = "f-1",
        ConversationId = conversation,
        CreatedAt = Long,
        UpdatedAt = Long,
        FinishedAt = finished,
        State = [1],
    };

    private static JournalBurst Burst(Ids ids, InstanceRecord run) => new(ids.Next(), run.Id, Long, [1]);
}
