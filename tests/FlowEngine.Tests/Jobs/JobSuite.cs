using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Jobs;
using FlowEngine.Server.Jobs.Retention;
using FlowEngine.Server.Leads.Imports;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Tests.Api;
using FlowEngine.Tests.Stores;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Jobs;

/// <summary>Jobs with Hangfire's own server, over each database and Hangfire's storage for it.</summary>
public abstract class JobSuite(DatabaseKind kind) : IAsyncLifetime
{
    private const int Rows = 700;

    protected TestDatabase Database { get; private set; } = null!;

    public async Task InitializeAsync() => Database = await TestDatabase.Create(kind);

    public async Task DisposeAsync() => await Database.DisposeAsync();

    [SkippableFact]
    public async Task A_large_file_is_worked_on_by_Hangfire_as_soon_as_it_is_stored()
    {
        await using var host = await Start(worker: true);
        await SendFile(host);

        await Until(() => IsImported(host));

        var jobs = host.Services.GetRequiredService<JobStorage>().GetMonitoringApi();
        await Until(() => Task.FromResult(jobs.SucceededListCount() > 0));
        jobs.FailedCount().Should().Be(0);
    }

    [SkippableFact]
    public async Task A_storage_that_is_wiped_in_the_middle_loses_neither_import_nor_deadline()
    {
        await using (var host = await Start(worker: false))
        {
            await LetWait(host);
            await SendFile(host);
            await Wipe(host);
        }

        await using var next = await Start(worker: true, minutesLater: 16);
        await Until(() => IsImported(next));
        await Until(() => Count(next, db => db.History.Where(h => h.Kind == "slaBreached")).ContinueWith(c => c.Result == 1, TaskScheduler.Default));
    }

    [SkippableFact]
    public async Task The_same_wake_ups_given_many_times_at_once_have_one_effect()
    {
        await using var host = await Start(worker: false);
        await LetWait(host);
        var import = await SendFile(host);
        host.Clock.Advance(TimeSpan.FromMinutes(16));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var scope = host.Services.CreateAsyncScope();
            var wakeUps = scope.ServiceProvider.GetRequiredService<WakeUps>();
            await wakeUps.Deadlines(default);
            await wakeUps.Import(import, default);
        })));
        await host.Services.GetRequiredService<ImportWork>().RunAll(default);
        await Quiet(host);

        (await IsImported(host)).Should().BeTrue();
        (await Count(host, db => db.History.Where(h => h.Kind == "slaBreached"))).Should().Be(1);
        (await Count(host, db => db.Events.Where(e => e.Kind == "leadCreated"))).Should().Be(Rows + 1);
    }

    [SkippableFact]
    public async Task What_is_old_is_cleared_and_keys_stay()
    {
        await using var host = await Start(worker: false);
        await LetWait(host);
        var foreign = new NewEvent(FlowEngine.Engine.Ids.FirstOf(host.Clock.GetUtcNow()), "s:1", new StatusUpdate("wamid.foreign", "delivered", host.Clock.GetUtcNow(), null))
        {
            Reference = new MessageReference("ventas", "wamid.foreign", null),
        };
        await host.Services.GetRequiredService<Intake>().Accept([foreign], default);
        var events = await Count(host, db => db.Events);
        host.Clock.Advance(TimeSpan.FromDays(200));

        foreach (var sweep in host.Services.GetServices<IRetention>())
        {
            await sweep.Clear(host.Clock.GetUtcNow(), default);
            (await sweep.Clear(host.Clock.GetUtcNow(), default)).Should().Be(0, "all {0} are cleared by the first night", sweep.Of);
        }

        await using (var db = Open(host))
        {
            (await db.Events.Select(e => e.Payload).ToListAsync()).Should().OnlyContain(p => p.Length == 0);
        }

        (await Count(host, db => db.Events)).Should().Be(events);
        (await host.Services.GetRequiredService<Intake>().Accept([foreign with { Id = Guid.Empty }], default))[0].Status.Should().Be(AppendStatus.Duplicate);
    }

    protected abstract Task Wipe(ApiHost host);

    protected static FlowEngineContext Open(ApiHost host) => host.Services.GetRequiredService<IDbContextFactory<FlowEngineContext>>().CreateDbContext();

    private Task<ApiHost> Start(bool worker, int minutesLater = 0) => ApiHost.Start(database: Database, worker: worker, at: TimeSpan.FromMinutes(minutesLater));

    private static async Task LetWait(ApiHost host)
    {
        (await host.As("admin").PutAsJsonAsync("/api/departments/sales", new { name = "Sales", targets = new { firstResponseMinutes = 15 } })).EnsureSuccessStatusCode();
        var lead = await host.As("integration").PostAsJsonAsync("/api/leads", new { connection = "ventas", contact = new { name = "Ana", phone = "+34 611 000 000" }, department = "sales" });
        var id = (await ApiHost.Json(lead)).GetProperty("conversationId").GetGuid();
        var ids = host.Services.GetRequiredService<FlowEngine.Engine.Ids>();
        var written = new LeadMessage("wamid.1", host.Clock.GetUtcNow(), MessageContent.OfText("Hola"));
        await host.Services.GetRequiredService<Intake>().Accept([new NewEvent(ids.Next(), "m:1", written) { ConversationId = id }], default);
        await Quiet(host);
    }

    private static async Task<Guid> SendFile(ApiHost host)
    {
        var file = new StringBuilder("name,phone\n");
        for (var row = 0; row < Rows; row++)
        {
            file.Append(CultureInfo.InvariantCulture, $"Lead {row},+34600{row:D6}\n");
        }

        var answer = await host.As("integration").PostAsync("/api/leads/import?connection=ventas", new StringContent(file.ToString(), Encoding.UTF8, "text/csv"));
        answer.EnsureSuccessStatusCode();
        return (await ApiHost.Json(answer)).GetProperty("id").GetGuid();
    }

    private static async Task<bool> IsImported(ApiHost host)
    {
        await using var db = Open(host);
        return (await db.Imports.AsNoTracking().SingleAsync()).State == ImportState.Finished
            && await db.ImportRows.CountAsync(r => r.State == ImportRowState.Created) == Rows
            && await db.Contacts.CountAsync(c => c.Name!.StartsWith("Lead ")) == Rows;
    }

    private static async Task<int> Count<T>(ApiHost host, Func<FlowEngineContext, IQueryable<T>> of)
    {
        await using var db = Open(host);
        return await of(db).CountAsync();
    }

    private static async Task Quiet(ApiHost host)
    {
        var drain = host.Services.GetRequiredService<Drain>();
        while (drain.Active > 0)
        {
            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <summary>Polls real I/O; the deadline only bounds a failure.</summary>
    private static async Task Until(Func<Task<bool>> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromMinutes(2))
            {
                throw new InvalidOperationException("Waited in vain.");
            }

            await Task.Delay(20, CancellationToken.None);
        }
    }
}

public sealed class EmbeddedJobTests() : JobSuite(DatabaseKind.Sqlite)
{
    /// <summary>The storage is the process's memory: its end wipes it.</summary>
    protected override Task Wipe(ApiHost host) => Task.CompletedTask;
}

[Trait("Category", "Postgres")]
public sealed class PostgresJobTests() : JobSuite(DatabaseKind.Postgres)
{
    [SkippableFact]
    public async Task No_sweep_reads_a_whole_table()
    {
        await using var host = await ApiHost.Start(database: Database);
        await using var db = Open(host);
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync("SET enable_seqscan = off");
        var end = FlowEngine.Engine.Ids.FirstOf(host.Clock.GetUtcNow());
        IQueryable<object>[] queries =
        [
            OldPayloads.After(db, Guid.Empty, end),
            OldRuns.Started(db, Guid.Empty, host.Clock.GetUtcNow()),
            OldHooks.After(db, 7),
            UnmatchedEvents.Waiting(db, host.Clock.GetUtcNow()),
            ImportWork.Open(db),
            ImportWork.Waiting(db, Guid.Empty),
            FlowEngine.Server.Jobs.Deadlines.DeadlineSweep.After(db, null),
        ];

        foreach (var query in queries)
        {
            await using var command = query.CreateDbCommand();
            command.CommandText = "EXPLAIN " + command.CommandText;
            var plan = new List<string>();
            await using (var row = await command.ExecuteReaderAsync())
            {
                while (await row.ReadAsync())
                {
                    plan.Add(row.GetString(0));
                }
            }

            plan.Should().NotContain(step => step.Contains("Seq Scan"), "the plan is {0}", string.Join("; ", plan));
        }
    }

    protected override async Task Wipe(ApiHost host)
    {
        host.Services.GetRequiredService<JobStorage>().GetMonitoringApi().EnqueuedCount("default").Should().Be(1);
        await using var db = Open(host);
        await db.Database.ExecuteSqlRawAsync(
            "DO $$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'hangfire' AND tablename <> 'schema' LOOP EXECUTE 'TRUNCATE hangfire.' || t || ' CASCADE'; END LOOP; END $$");
    }
}
