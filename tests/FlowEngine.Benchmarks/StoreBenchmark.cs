using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using FlowEngine.Engine;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence;
using FlowEngine.Tests.Stores;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace FlowEngine.Benchmarks;

/// <summary>
/// The turn store alone, waiting for the disk as in production: turns a second, processor time of this process and of the database's, and
/// bytes of write-ahead log (without full-page images, whose number depends on how often one checkpoints).
/// </summary>
internal static class StoreBenchmark
{
    public static async Task<int> Run(string[] options)
    {
        string Option(string name, string otherwise) => Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : otherwise;
        int Number(string name, int otherwise) => int.Parse(Option(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        var (atOnce, seconds, conversations) = (Number("--at-once", 8), Number("--seconds", 10), Number("--conversations", 2000));
        var folder = Directory.CreateTempSubdirectory("flowengine-bench-");
        using var server = Option("--database", "postgres") == "postgres" ? await PostgresServer.Start(durable: true) : null;
        try
        {
            await Measure(server, Path.Combine(folder.FullName, "flowengine.db"), atOnce, TimeSpan.FromSeconds(seconds), conversations);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task Measure(PostgresServer? server, string file, int atOnce, TimeSpan time, int conversations)
    {
        var clock = TimeProvider.System;
        await using var services = new ServiceCollection().AddLogging()
            .AddSingleton(new Ids(clock, RandomNumberGenerator.Fill))
            .AddFlowEnginePersistence(server is null ? null : await NewDatabase(server), file)
            .BuildServiceProvider();
        await services.GetRequiredService<IDatabaseStart>().Run(CancellationToken.None);
        var store = services.GetRequiredService<ITurnStore>();
        await store.Heartbeat(clock.GetUtcNow(), CancellationToken.None);
        var turns = new LeadTurns(store, services.GetRequiredService<Ids>(), clock);
        var leads = Enumerable.Range(0, conversations).ToList();
        await Parallel.ForEachAsync(leads, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (lead, _) => await turns.Run(lead));

        var (cpu, cpuOfServer, wal, started, next, done) = (ProcessorTime.Own(), ProcessorTime.Of(server?.Pid), await Wal(server), Stopwatch.GetTimestamp(), 0, 0);
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(worker => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                await turns.Run(((Interlocked.Increment(ref next) * atOnce) + worker) % conversations);
                Interlocked.Increment(ref done);
            }
        })));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var (own, ofServer, bytes) = (ProcessorTime.Own() - cpu, ProcessorTime.Of(server?.Pid) - cpuOfServer, await Wal(server) - wal);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"store":"{{(server is null ? "sqlite" : "postgres")}}","atOnce":{{atOnce}},"turns":{{done}},"turnsPerSecond":{{done / elapsed.TotalSeconds:F0}},"cpuMsPerTurn":{{own.TotalMilliseconds / done:F3}},"serverCpuMsPerTurn":{{ofServer.TotalMilliseconds / done:F3}},"walBytesPerTurn":{{bytes / done}},"load":"{{ProcessorTime.Load()}}"}"""));
    }

    private static async Task<string> NewDatabase(PostgresServer server)
    {
        await server.Run("CREATE DATABASE bench");
        await server.Run("ALTER SYSTEM SET full_page_writes = off");
        await server.Run("SELECT pg_reload_conf()");
        return server.Of("bench");
    }

    private static async Task<long> Wal(PostgresServer? server)
    {
        if (server is null)
        {
            return 0;
        }

        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
