using System.Diagnostics;
using Npgsql;

namespace FlowEngine.Tests.Stores;

/// <summary>
/// A PostgreSQL server for tests: the one that FLOWENGINE_TEST_POSTGRES names (a connection string with CREATEDB), else a throwaway cluster of
/// the binaries in PG_BIN, in /usr/lib/postgresql or on PATH. The cluster ends with this process however it ends: a shell owns it and blocks
/// on its own input, which closes with us.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private readonly Process? shell;

    private PostgresServer(string connectionString, Process? shell, int pid) => (ConnectionString, this.shell, Pid) = (connectionString, shell, pid);

    /// <summary>Why tests that need a server are skipped; null when there is one.</summary>
    public static string? Missing { get; } = Environment.GetEnvironmentVariable("FLOWENGINE_TEST_POSTGRES") is { Length: > 0 } || FindBinaries() is not null
        ? null
        : "PostgreSQL is missing: install its server (Debian: postgresql), or set PG_BIN or FLOWENGINE_TEST_POSTGRES";

    public string ConnectionString { get; }

    /// <summary>Of the server's first process; 0 for a server that was there before us.</summary>
    public int Pid { get; }

    /// <param name="durable">Whether a commit waits for the disk, as in production. Tests of behaviour need not.</param>
    public static async Task<PostgresServer> Start(bool durable = false)
    {
        if (Environment.GetEnvironmentVariable("FLOWENGINE_TEST_POSTGRES") is { Length: > 0 } given)
        {
            return new PostgresServer(given, null, 0);
        }

        var binaries = FindBinaries() ?? throw new InvalidOperationException(Missing);
        var (folder, port) = (Path.Combine(Path.GetTempPath(), $"flowengine-pg-{Environment.ProcessId}-{FreePort.Next()}"), FreePort.Next());
        var shell = Process.Start(Shell(Script(binaries, folder, port, durable)))!;
        var ready = await shell.StandardOutput.ReadLineAsync();
        return ready?.StartsWith("READY ", StringComparison.Ordinal) == true
            ? new PostgresServer($"Host=127.0.0.1;Port={port};Username=fe;Database=postgres", shell, int.Parse(ready[6..], System.Globalization.CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"PostgreSQL in {binaries} did not start: {ready}{await shell.StandardError.ReadToEndAsync()}");
    }

    public string Of(string database) => new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database }.ToString();

    public async Task Run(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public void Dispose()
    {
        if (shell is not null)
        {
            shell.StandardInput.Close();
            shell.WaitForExit();
            shell.Dispose();
        }
    }

    private static string Script(string binaries, string folder, int port, bool durable) =>
        $"""
        set -e
        mkdir -m 700 '{folder}'
        trap 'rm -rf "{folder}"' EXIT
        '{binaries}/initdb' -D '{folder}/data' -U fe -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions >'{folder}/initdb.log' 2>&1 || (cat '{folder}/initdb.log' >&2; exit 1)
        '{binaries}/postgres' -D '{folder}/data' -p {port} -c listen_addresses=127.0.0.1 -k '{folder}' -c max_connections=300 {(durable ? "" : "-c fsync=off -c full_page_writes=off")} >'{folder}/log' 2>&1 &
        pid=$!
        until '{binaries}/pg_isready' -q -h 127.0.0.1 -p {port}; do kill -0 $pid || (cat '{folder}/log' >&2; exit 1); sleep 0.02; done
        echo READY $pid
        cat >/dev/null || true
        kill -INT $pid
        wait $pid || true
        """;

    /// <summary>PostgreSQL refuses to run as root; then it runs as the user that its package has made.</summary>
    private static ProcessStartInfo Shell(string script)
    {
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        string[] command = Environment.UserName == "root"
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "sh", "-c", script]
            : ["sh", "-c", script];
        start.FileName = command[0];
        Array.ForEach(command[1..], start.ArgumentList.Add);
        start.Environment["LC_ALL"] = "C.UTF-8";
        return start;
    }

    private static string? FindBinaries()
    {
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var version) ? version : 0).Select(d => Path.Combine(d, "bin"))
            : [];
        string?[] folders = [Environment.GetEnvironmentVariable("PG_BIN"), .. installed, .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)];
        return folders.FirstOrDefault(f => !string.IsNullOrEmpty(f) && File.Exists(Path.Combine(f, "initdb")) && File.Exists(Path.Combine(f, "postgres")));
    }
}
