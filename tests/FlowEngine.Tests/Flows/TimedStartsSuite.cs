using System.Text;
using System.Text.Json.Nodes;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Tests.Api;
using FlowEngine.Tests.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Flows;

/// <summary>Flows that the clock starts, on a database; on PostgreSQL with two nodes that look at the same moment.</summary>
public abstract class TimedStartsSuite(DatabaseKind kind) : IAsyncLifetime
{
    private readonly List<ApiHost> nodes = [];
    private TestDatabase database = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.Create(kind);
        nodes.Add(await ApiHost.Start(null, database));
        if (kind == DatabaseKind.Postgres)
        {
            nodes.Add(await ApiHost.Start(null, database));
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task Each_time_is_one_run_however_many_look()
    {
        await Publish(Timer("00:01:00"));
        for (var minute = 1; minute <= 5; minute++)
        {
            await Look(TimeSpan.FromMinutes(1));
            (await Runs()).Should().Be(minute);
            await Look(TimeSpan.Zero);
            (await Runs()).Should().Be(minute);
        }
    }

    [SkippableFact]
    public async Task Times_that_nobody_looked_at_are_made_up_for_once()
    {
        await Publish(Timer("00:01:00"));

        await Look(TimeSpan.FromMinutes(10.5));

        (await Runs()).Should().Be(1);
        (await Times()).Should().ContainSingle().Which.NextAt.Should().Be(Begin.AddMinutes(11));
    }

    [SkippableFact]
    public async Task A_process_that_dies_between_the_start_and_the_next_time_starts_nothing_twice()
    {
        await Publish(Timer("00:01:00"));
        await Look(TimeSpan.FromMinutes(1));
        await using (var db = Open())
        {
            await db.Change(() => db.TimedTriggers.ExecuteUpdateAsync(t => t.SetProperty(x => x.NextAt, Begin.AddMinutes(1))), default);
        }

        await Look(TimeSpan.Zero);

        (await Runs()).Should().Be(1);
        (await Times()).Should().ContainSingle().Which.NextAt.Should().Be(Begin.AddMinutes(2));
    }

    [SkippableFact]
    public async Task Publishing_anew_keeps_the_clock_of_an_equal_rule_and_sets_that_of_another()
    {
        await Publish(Timer("01:00:00"));
        nodes.ForEach(n => n.Clock.Advance(TimeSpan.FromMinutes(20)));

        await Publish(Timer("01:00:00").With("metadata", new JsonObject { ["x"] = 1 }));
        (await Times()).Should().ContainSingle().Which.NextAt.Should().Be(Begin.AddHours(1));

        await Publish(Timer("00:30:00"));
        (await Times()).Should().ContainSingle().Which.Should().BeEquivalentTo(new { NextAt = Begin.AddMinutes(50), Rule = "00:30:00" });
    }

    [SkippableFact]
    public async Task What_is_retracted_or_has_no_such_trigger_any_more_is_not_started()
    {
        await Publish(Timer("00:01:00"));
        await nodes[0].Services.GetRequiredService<FlowPublishing>().Retract("timed", default);
        (await Times()).Should().BeEmpty();

        await Publish(Timer("00:01:00"), version: "again");
        await Publish(Line("l"));
        (await Times()).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_time_of_a_day_comes_once()
    {
        await Publish(Trigger("Elsa.StartAt", "dateTime", Begin.AddHours(2).ToString("O")));

        await Look(TimeSpan.FromHours(1));
        (await Runs()).Should().Be(0);
        await Look(TimeSpan.FromHours(1));
        await Look(TimeSpan.FromDays(1));

        (await Runs()).Should().Be(1);
    }

    private static DateTimeOffset Begin => new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static JsonObject Timer(string interval) => Trigger("Elsa.Timer", "interval", interval);

    private static JsonObject Trigger(string type, string input, string value) =>
        Activity(type, "t").With(input, Literal(value)).With("customProperties", new JsonObject { ["canStartWorkflow"] = true });

    private FlowEngineContext Open() => nodes[0].Services.GetRequiredService<IDbContextFactory<FlowEngineContext>>().CreateDbContext();

    private async Task Publish(JsonObject root, string version = "")
    {
        var json = Encoding.UTF8.GetBytes(Definition(root).With("definitionId", "timed").With("description", version).ToJsonString());
        (await nodes[0].Services.GetRequiredService<FlowImport>().Import("timed.json", json, default)).Status.Should().Be(FlowImportStatus.Imported);
    }

    private async Task Look(TimeSpan after)
    {
        nodes.ForEach(n => n.Clock.Advance(after));
        await Task.WhenAll(nodes.SelectMany(n => Enumerable.Repeat(n, 2)).Select(n => Task.Run(() => n.Services.GetRequiredService<TimedStarts>().Look(default))));
    }

    /// <summary>Runs that were begun: each has its mailbox with its first event.</summary>
    private async Task<int> Runs()
    {
        await using var db = Open();
        return await db.Mailboxes.CountAsync(m => m.Kind == MailboxKind.Instance);
    }

    private async Task<IReadOnlyList<StoredTimedTrigger>> Times()
    {
        await using var db = Open();
        return await db.TimedTriggers.AsNoTracking().ToListAsync();
    }
}

public sealed class SqliteTimedStartsTests() : TimedStartsSuite(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresTimedStartsTests() : TimedStartsSuite(DatabaseKind.Postgres);
