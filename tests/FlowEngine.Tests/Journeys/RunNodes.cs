using FlowEngine.Tests.Stores;
using Npgsql;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Journeys;

/// <summary>Two nodes on one PostgreSQL with flows that need no lead, started when the first test needs them.</summary>
public sealed class RunNodes : IAsyncLifetime
{
    private const int Ticks = 200;
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);

    private readonly string flows = Directory.CreateTempSubdirectory("flowengine-flows-").FullName;
    private ServerUnderTest? server;
    private NpgsqlDataSource? database;

    public NodeUnderTest A => server!.Nodes[0];

    public NodeUnderTest B => server!.Nodes[1];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await (database?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(flows, recursive: true);
    }

    /// <summary>Skips the test where there is no PostgreSQL.</summary>
    public async Task Begin()
    {
        if (server is not null)
        {
            return;
        }

        var wait = Activity("Elsa.Delay", "d").With("timeSpan", Literal("00:00:02"));
        await Write("ticks", Sequence("s", Activity("Elsa.For", "f").With("start", Literal(1)).With("end", Literal(Ticks)).With("body", Event("tick", "tick"))));
        await Write("one-each", Sequence("s", Event("e", "order").With("customProperties", new System.Text.Json.Nodes.JsonObject { ["canStartWorkflow"] = true }), Event("end", "one-each-end")), "CorrelatedSingletonStrategy");
        await Write("early", Sequence("s", Event("e", "early"), Line("l")));
        await Write("sleeps", Sequence("s", wait, Line("awake")));
        await Write("child", Line("one"));
        await Write("parent", Sequence("s", Activity("Elsa.BulkDispatchWorkflows", "c").With("workflowDefinitionId", Literal("child")).With("items", Script("Array.from({length: 100}, (_, i) => i)")), Line("all")));
        server = await ServerUnderTest.Start(flows, null, 1, DatabaseKind.Postgres, nodes: 2);
        database = NpgsqlDataSource.Create(server.ConnectionString!);
    }

    public static Task Start(NodeUnderTest node, string flow) => ServerUnderTest.Post(node.Http, $"/elsa/api/workflow-definitions/{flow}/execute", new { });

    public static Task Happens(NodeUnderTest node, string name, string? correlationId = null) => ServerUnderTest.Post(node.Http, $"/elsa/api/events/{name}/trigger", new { correlationId });

    /// <summary>Runs of a flow by how they stand; null counts all.</summary>
    public async Task<long> Count(string flow, int? subStatus = null)
    {
        await using var command = database!.CreateCommand("SELECT count(*) FROM instance WHERE definition_id = $1 AND ($2::int IS NULL OR sub_status = $2)");
        command.Parameters.AddWithValue(flow);
        command.Parameters.Add(new NpgsqlParameter<int?> { TypedValue = subStatus });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async Task<T> Ask<T>(string sql)
    {
        await using var command = database!.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public Task Until(Func<Task<bool>> holds, string what) => server!.Until(holds, Soon, what);

    public Task Again(NodeUnderTest node) => server!.Run(node);

    private async Task Write(string id, System.Text.Json.Nodes.JsonObject root, string? activation = null) => await File.WriteAllTextAsync(
        Path.Combine(flows, id + ".json"),
        Definition(root).With("definitionId", id).With("name", id).With("options", new System.Text.Json.Nodes.JsonObject { ["activationStrategyType"] = activation }).ToJsonString());
}
