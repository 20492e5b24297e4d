using System.Net;
using System.Text.Json.Nodes;
using FlowEngine.Server.Persistence;
using FlowEngine.Tests.Api;
using FlowEngine.Tests.Stores;
using FlowEngine.Tests.Studio;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Endpoints;

/// <summary>Requests for runs that wait on versions of before, over HTTP and a database.</summary>
public abstract class WaitingRouteSuite(DatabaseKind kind)
{
    [SkippableFact]
    public async Task A_run_is_found_at_its_path_with_placeholders_whatever_was_published_since_until_it_has_gone_on()
    {
        await using var host = await ApiHost.On(kind);
        await Publish(host, "steps/{n}");
        var client = await Begun(host, "k1");
        await Publish(host, "stages/{n}");
        await Begun(host, "k2");

        (await client.PostAsync("/workflows/steps/2?correlationId=k2", null)).StatusCode.Should().Be(HttpStatusCode.NotFound, "that one waits elsewhere");
        (await Text(client, "/workflows/steps/2?correlationId=k1")).Should().Be("step 2");
        (await client.PostAsync("/workflows/steps/2?correlationId=k1", null)).StatusCode.Should().Be(HttpStatusCode.NotFound, "nobody waits any more");
        (await Text(client, "/workflows/stages/3?correlationId=k2")).Should().Be("step 3");
    }

    [SkippableFact]
    public async Task It_is_found_after_the_flow_was_deleted_and_beside_a_new_version_that_names_its_placeholder_otherwise()
    {
        await using var host = await ApiHost.On(kind);
        await Publish(host, "steps/{n}", "first");
        await Publish(host, "gone/{n}", "second");
        var client = await Begun(host, "k1", "first");
        await Begun(host, "k2", "second");
        await Publish(host, "steps/{number}", "first", "number");
        await Begun(host, "k3", "first");
        (await host.As("admin").DeleteAsync($"{StudioCalls.Root}/workflow-definitions/second")).EnsureSuccessStatusCode();

        (await Text(client, "/workflows/steps/1?correlationId=k3")).Should().Be("step 1");
        (await Text(client, "/workflows/steps/1?correlationId=k1")).Should().Be("step 1");
        (await Text(client, "/workflows/gone/1?correlationId=k2")).Should().Be("step 1");
        (await client.GetAsync("/workflows/gone/1?correlationId=k2")).StatusCode.Should().Be(HttpStatusCode.NotFound, "no run waits for a GET");
    }

    [SkippableFact]
    public async Task Who_may_call_is_said_by_the_version_that_waits()
    {
        await using var host = await ApiHost.On(kind);
        await Publish(host, "open/{n}", "open", change: e => e.With("authorize", Literal(false)));
        await Publish(host, "admins", "admins", change: e => e.With("policy", Literal("Admin")));
        var client = await Begun(host, "k1", "open");
        await Begun(host, "k2", "admins");
        await Publish(host, "other", "open");
        await Publish(host, "other", "admins");

        (await client.PostAsync("/workflows/admins?correlationId=k2", null)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await host.Anonymous().PostAsync("/workflows/admins?correlationId=k2", null)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await Text(host.Anonymous(), "/workflows/open/7")).Should().Be("step 7");
    }

    [SkippableFact]
    public async Task A_path_that_only_the_run_could_know_is_found_too_for_who_has_a_key()
    {
        await using var host = await ApiHost.On(kind);
        await Publish(host, null, change: e => e.With("path", Script("'runs/' + getCorrelationId() + '/{n}'")).With("authorize", Literal(false)));
        var client = await Begun(host, "k1");

        (await host.Anonymous().PostAsync("/workflows/runs/k1/5", null)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await Text(client, "/workflows/runs/k1/5")).Should().Be("step 5");
    }

    [SkippableFact]
    public async Task Distinct_routes_are_read_from_their_index_one_by_one()
    {
        await using var host = await ApiHost.On(kind);
        await using var context = await host.Services.GetRequiredService<IDbContextFactory<FlowEngineContext>>().CreateDbContextAsync();
        await context.Database.OpenConnectionAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = kind == DatabaseKind.Sqlite ? $"EXPLAIN QUERY PLAN {BookmarkRoutes.DistinctSql}" : $"SET enable_seqscan = off; EXPLAIN {BookmarkRoutes.DistinctSql}";

        var plan = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                plan.Add(reader.GetValue(reader.FieldCount - 1).ToString()!);
            }
        }

        plan.Should().Contain(l => l.Contains("ix_bookmark_route", StringComparison.Ordinal), string.Join('\n', plan));
        plan.Where(l => l.Contains("SCAN bookmark", StringComparison.OrdinalIgnoreCase) || l.Contains("Seq Scan on bookmark", StringComparison.Ordinal))
            .Should().OnlyContain(l => l.Contains("ix_bookmark_route", StringComparison.Ordinal));
    }

    private static async Task<string> Text(HttpClient client, string path)
    {
        var answer = await client.PostAsync(path, null);
        return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync() : $"{(int)answer.StatusCode}";
    }

    private static async Task<HttpClient> Begun(ApiHost host, string correlation, string definition = "waits")
    {
        var client = host.As("integration");
        (await Text(client, $"/workflows/begin/{definition}?k={correlation}")).Should().Be("begun");
        return client;
    }

    /// <summary>A flow that begins by a request, takes its correlation from it, and then waits for another at the path.</summary>
    private static async Task Publish(ApiHost host, string? path, string id = "waits", string placeholder = "n", Func<JsonObject, JsonObject>? change = null)
    {
        var next = Endpoint("next", path ?? "").With("name", "Next");
        var number = path?.Contains('{') == false ? "''" : $"getOutputFrom('Next', 'RouteData').{placeholder}";
        var root = Sequence(
            "s", Endpoint("in", $"begin/{id}").With("name", "In").With("customProperties", new JsonObject { ["canStartWorkflow"] = true }),
            Activity("Elsa.Correlate", "c").With("correlationId", Script("getOutputFrom('In', 'QueryStringData').k")), Respond("ok", Literal("begun")),
            change?.Invoke(next) ?? next, Respond("out", Script($"'step ' + {number}")));
        var model = StudioCalls.Hello(id);
        model["name"] = id;
        model["root"] = root;
        await host.As("admin").Save(model, publish: true);
    }

    private static JsonObject Endpoint(string id, string path) => Activity("Elsa.HttpEndpoint", id).With("path", Literal(path)).With("supportedMethods", Literal(new JsonArray("POST")));

    private static JsonObject Respond(string id, JsonObject content) => Activity("Elsa.WriteHttpResponse", id).With("statusCode", Literal("OK")).With("content", content);
}

public sealed class SqliteWaitingRouteTests() : WaitingRouteSuite(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresWaitingRouteTests() : WaitingRouteSuite(DatabaseKind.Postgres);
