using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using FlowEngine.Engine;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Errors;
using FlowEngine.Engine.Flows;
using FlowEngine.Engine.Hooks;
using FlowEngine.Engine.Live;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;
using FlowEngine.Engine.Timers;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence;
using FlowEngine.Tests.Stores;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace FlowEngine.Benchmarks;

/// <summary>
/// Durable resumes of runs without a conversation: a named event by correlation id and the turn that it wakes, committed. With <c>--event received</c> both are one
/// transaction, as where the run is free; with <c>ahead</c> the event is stored first and only the turn waits for the disk; with <c>twice</c> the event waits for it too.
/// On PostgreSQL the bare database is measured in the same run: one update of 500 bytes and one insert of 300 in a transaction.
/// </summary>
internal static class ResumeBenchmark
{
    private const int Runs = 400;

    public static async Task<int> Run(string[] options)
    {
        string Option(string name, string otherwise) => Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : otherwise;
        int Number(string name, int otherwise) => int.Parse(Option(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("flowengine-bench-");
        using var server = Option("--database", "postgres") == "postgres" ? await PostgresServer.Start(durable: true) : null;
        try
        {
            await Measure(server, Path.Combine(folder.FullName, "flowengine.db"), [.. Option("--at-once", "8").Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))], TimeSpan.FromSeconds(Number("--seconds", 10)), Number("--waiting", 0), Option("--event", "received"));
            return 0;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task Measure(PostgresServer? server, string file, int[] atOnce, TimeSpan time, int waiting, string how)
    {
        var clock = TimeProvider.System;
        var ids = new Ids(clock, RandomNumberGenerator.Fill);
        await using var services = new ServiceCollection().AddLogging().AddSingleton(ids).AddFlowEnginePersistence(server is null ? null : await NewDatabase(server), file).BuildServiceProvider();
        await services.GetRequiredService<IDatabaseStart>().Run(CancellationToken.None);
        var store = services.GetRequiredService<ITurnStore>();
        await store.Heartbeat(clock.GetUtcNow(), CancellationToken.None);
        var library = new FlowLibrary(_ => null);
        library.Publish(RunFlows.Waiting());
        var tools = new TurnTools(ids, library, new ConnectionBook(), new CompanyBook(), new HookBuilder(HookSettings.None, ids), TurnOptions.Default, ErrorCatalog.Default, new TaskSeal(b => b, b => b));
        var runner = new TurnRunner(store, tools, new Announcer(new LiveFeed(), new CommandWaiters(), new RunWaiters(), new DueSignal(), new HookSignal(), new RunningTasks(), new OtherNodes()), clock, NullLogger<TurnRunner>.Instance);
        var signals = new Signals(ids, library, TurnOptions.Default);
        for (var i = 0; i < Runs; i++)
        {
            var begun = await store.Append([signals.Start(new RunStarted("waiting", CorrelationId: $"k{i}"))], clock.GetUtcNow(), CancellationToken.None);
            await runner.Run(begun[0].Mailbox, [], CancellationToken.None);
        }

        await Fill(server, file, waiting);
        async Task Resume(int run)
        {
            var happened = signals.Event(RunFlows.Event, null, $"k{run}", clock.GetUtcNow());
            if (how == "received" && await runner.RunUnstored(happened[0]) is not null)
            {
                return;
            }

            var given = await (how == "twice" ? store.Append(happened, clock.GetUtcNow(), CancellationToken.None) : store.AppendAhead(happened, clock.GetUtcNow(), CancellationToken.None));
            if (given[0].Status != AppendStatus.Appended)
            {
                throw new InvalidOperationException($"The event of run {run} is {given[0].Status}.");
            }

            await runner.Run(given[0].Mailbox, [], CancellationToken.None);
        }

        foreach (var workers in atOnce)
        {
            _ = await Play(Resume, workers, TimeSpan.FromSeconds(3));
            var (cpu, cpuOfServer, wal, stored) = (ProcessorTime.Own(), ProcessorTime.Of(server?.Pid), await Ask(server, "SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint"), await Ask(server, Stored));
            var (done, elapsed, p50, p99) = await Play(Resume, workers, time);
            var (own, ofServer) = (ProcessorTime.Own() - cpu, ProcessorTime.Of(server?.Pid) - cpuOfServer);
            var (bytes, kept) = (await Ask(server, "SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint") - wal, await Ask(server, Stored) - stored);
            var floor = server is null ? 0 : await Floor(server, workers);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"store":"{{(server is null ? "sqlite" : "postgres")}}","waiting":{{waiting}},"event":"{{how}}","atOnce":{{workers}},"resumesPerSecond":{{done / elapsed.TotalSeconds:F0}},"p50Ms":{{p50:F2}},"p99Ms":{{p99:F2}},"cpuMs":{{own.TotalMilliseconds / done:F2}},"serverCpuMs":{{ofServer.TotalMilliseconds / done:F2}},"walBytes":{{bytes / done}},"storedBytes":{{kept / done}},"floorPerSecond":{{floor:F0}},"load":"{{ProcessorTime.Load()}}"}"""));
        }
    }

    private const string Stored = "SELECT (pg_total_relation_size('journal') + pg_total_relation_size('mailbox_event') + pg_total_relation_size('bookmark') + pg_total_relation_size('instance'))::bigint";

    private static async Task<(int Done, TimeSpan Elapsed, double P50, double P99)> Play(Func<int, Task> act, int workers, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            var times = new List<double>();
            for (var run = worker; Stopwatch.GetElapsedTime(started) < time; run += workers)
            {
                var began = Stopwatch.GetTimestamp();
                await act(run % (Runs / workers * workers));
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            return times;
        })));
        var sorted = all.SelectMany(t => t).Order().ToList();
        return (sorted.Count, Stopwatch.GetElapsedTime(started), sorted[sorted.Count / 2], sorted[sorted.Count * 99 / 100]);
    }

    /// <summary>Runs that only wait, as copies of one: for the same event, each with a correlation id of its own.</summary>
    private static async Task Fill(PostgresServer? server, string file, int waiting)
    {
        if (waiting == 0)
        {
            return;
        }

        if (server is not null)
        {
            await using var source = NpgsqlDataSource.Create(server.Of("bench"));
            await using var fill = source.CreateCommand(
                $"""
                CREATE TEMP TABLE more AS SELECT gen_random_uuid() AS id, n FROM generate_series(1, {waiting}) n;
                INSERT INTO mailbox (id, kind, version) SELECT id, 1, 1 FROM more;
                INSERT INTO instance (id, definition_id, version_id, version, status, sub_status, correlation_id, name, incident_count, created_at, updated_at, state)
                  SELECT m.id, i.definition_id, i.version_id, i.version, i.status, i.sub_status, 'w' || m.n, i.name, 0, i.created_at, i.updated_at, i.state FROM more m, (SELECT * FROM instance LIMIT 1) i;
                INSERT INTO bookmark (instance_id, bookmark_id, name, hash, mailbox_id, correlation_id)
                  SELECT m.id, b.bookmark_id, b.name, b.hash, m.id, 'w' || m.n FROM more m, (SELECT * FROM bookmark LIMIT 1) b;
                ANALYZE;
                """);
            fill.CommandTimeout = 600;
            await fill.ExecuteNonQueryAsync();
            return;
        }

        await using var connection = new SqliteConnection($"Data Source={file}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            CREATE TEMP TABLE more AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {waiting}) SELECT randomblob(16) AS id, n FROM c;
            INSERT INTO mailbox (id, kind, version) SELECT id, 1, 1 FROM more;
            INSERT INTO instance (id, definition_id, version_id, version, status, sub_status, correlation_id, name, incident_count, created_at, updated_at, state)
              SELECT m.id, i.definition_id, i.version_id, i.version, i.status, i.sub_status, 'w' || m.n, i.name, 0, i.created_at, i.updated_at, i.state FROM more m, (SELECT * FROM instance LIMIT 1) i;
            INSERT INTO bookmark (instance_id, bookmark_id, name, hash, mailbox_id, correlation_id)
              SELECT m.id, b.bookmark_id, b.name, b.hash, m.id, 'w' || m.n FROM more m, (SELECT * FROM bookmark LIMIT 1) b;
            """;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<double> Floor(PostgresServer server, int workers)
    {
        await using var source = NpgsqlDataSource.Create(server.Of("bench"));
        await using (var make = source.CreateCommand(
            "CREATE TABLE IF NOT EXISTS bare_row (id int PRIMARY KEY, body text); CREATE TABLE IF NOT EXISTS bare_line (body text); INSERT INTO bare_row SELECT n, repeat('x', 500) FROM generate_series(0, 99) n ON CONFLICT DO NOTHING"))
        {
            await make.ExecuteNonQueryAsync();
        }

        var (done, elapsed, _, _) = await Play(
            async run =>
            {
                await using var batch = source.CreateBatch();
                batch.BatchCommands.Add(new NpgsqlBatchCommand("UPDATE bare_row SET body = repeat('y', 500) WHERE id = $1") { Parameters = { new NpgsqlParameter<int> { TypedValue = run % 100 } } });
                batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO bare_line VALUES (repeat('z', 300))"));
                await batch.ExecuteNonQueryAsync();
            },
            workers,
            TimeSpan.FromSeconds(4));
        return done / elapsed.TotalSeconds;
    }

    private static async Task<string> NewDatabase(PostgresServer server)
    {
        await server.Run("CREATE DATABASE bench");
        await server.Run("ALTER SYSTEM SET full_page_writes = off");
        await server.Run("SELECT pg_reload_conf()");
        return server.Of("bench");
    }

    private static async Task<long> Ask(PostgresServer? server, string sql)
    {
        if (server is null)
        {
            return 0;
        }

        await using var source = NpgsqlDataSource.Create(server.Of("bench"));
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
