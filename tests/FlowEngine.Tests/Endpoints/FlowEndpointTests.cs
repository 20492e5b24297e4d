using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using FlowEngine.Engine.Flows;
using FlowEngine.Tests.Api;
using FlowEngine.Workflows.Definitions;
using Microsoft.Extensions.DependencyInjection;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Endpoints;

/// <summary>HTTP endpoints of flows, over HTTP, with the engine's turns behind them.</summary>
public sealed class FlowEndpointTests
{
    [Fact]
    public async Task A_request_starts_the_flow_that_listens_and_gets_what_it_writes()
    {
        await using var host = await Host(Sequence(
            "s", Endpoint("in", "orders/{id}", "POST").With("name", "In"),
            Respond("out", Script("({ id: getOutputFrom('In', 'RouteData').id, name: getOutputFrom('In', 'ParsedContent').name, q: getOutputFrom('In', 'QueryStringData').q })"), "Created")
                .With("responseHeaders", Script("({ 'X-Order': '7', 'Set-Cookie': 'a=b' })"))));

        var answer = await host.As("integration").PostAsJsonAsync("/workflows/orders/77?q=x", new { name = "Ana" });

        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        (await answer.Content.ReadAsStringAsync()).Should().Be("""{"id":"77","name":"Ana","q":"x"}""");
        answer.Content.Headers.ContentType!.ToString().Should().Be("application/json; charset=utf-8");
        answer.Headers.GetValues("X-Order").Should().Equal("7");
        answer.Headers.Contains("Set-Cookie").Should().BeFalse("a flow never speaks for the server's own sessions");
        answer.Headers.GetValues("Content-Security-Policy").Should().ContainSingle().Which.Should().StartWith("sandbox");
    }

    [Fact]
    public async Task Without_a_key_only_what_says_so_answers_and_nobody_learns_what_there_is()
    {
        await using var host = await Host(
            Sequence("a", Endpoint("in", "closed"), Respond("out", Literal("in"))), Sequence("b", Endpoint("in", "open").With("authorize", Literal(false)), Respond("out", Literal("hello"))));

        (await host.Anonymous().GetAsync("/workflows/closed")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await host.Anonymous().GetAsync("/workflows/nothing")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await host.As("integration").GetAsync("/workflows/nothing")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await host.As("integration").GetAsync("/workflows/closed")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await host.Anonymous().GetStringAsync("/workflows/open")).Should().Be("hello");
    }

    [Fact]
    public async Task A_role_that_the_flow_asks_for_is_needed()
    {
        await using var host = await Host(Sequence("s", Endpoint("in", "admin").With("policy", Literal("Admin")), Respond("out", Literal("in"))));

        (await host.As("integration").GetAsync("/workflows/admin")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await host.As("admin").GetAsync("/workflows/admin")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_same_key_twice_is_one_run_with_one_answer()
    {
        await using var host = await Host(Sequence("s", Endpoint("in", "orders", "POST"), Respond("out", Script("newGuidString()"))));
        var client = host.As("integration");
        client.DefaultRequestHeaders.Add("Idempotency-Key", "order-1");

        var first = await (await client.PostAsync("/workflows/orders", null)).Content.ReadAsStringAsync();
        var second = await (await client.PostAsync("/workflows/orders", null)).Content.ReadAsStringAsync();

        second.Should().Be(first).And.HaveLength(36);
    }

    [Fact]
    public async Task A_run_that_waits_in_the_middle_is_resumed_by_the_request_and_answers_it()
    {
        await using var host = await Host(Sequence(
            "s", Endpoint("in", "begin"), Activity("Elsa.Correlate", "c").With("correlationId", Literal("k1")), Respond("ok", Literal("begun")), Endpoint("next", "steps/{n}", "POST", starts: false).With("name", "Next"),
            Respond("out", Script("'step ' + getOutputFrom('Next', 'RouteData').n"))));
        var client = host.As("integration");
        (await client.GetStringAsync("/workflows/begin")).Should().Be("begun");

        (await client.PostAsync("/workflows/steps/2?correlationId=other", null)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await (await client.PostAsync("/workflows/steps/2?correlationId=k1", null)).Content.ReadAsStringAsync()).Should().Be("step 2");
        (await client.PostAsync("/workflows/steps/2?correlationId=k1", null)).StatusCode.Should().Be(HttpStatusCode.NotFound, "nobody waits any more");
    }

    [Fact]
    public async Task A_flow_that_writes_no_response_says_where_it_stands()
    {
        await using var host = await Host(
            Sequence("a", Endpoint("in", "silent")), Sequence("b", Endpoint("in", "waits"), Event("e")), Sequence("c", Endpoint("in", "faults"), Activity("Elsa.Fault", "f").With("message", Literal("a secret"))));
        var client = host.As("integration");

        (await client.GetAsync("/workflows/silent")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await client.GetAsync("/workflows/waits")).StatusCode.Should().Be(HttpStatusCode.Accepted);
        var faulted = await client.GetAsync("/workflows/faults");
        faulted.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await faulted.Content.ReadAsStringAsync()).Should().NotContain("secret");
    }

    [Fact]
    public async Task What_passes_a_limit_is_refused_or_an_outcome_where_the_flow_wants_one()
    {
        await using var host = await Host(
            Sequence("a", Endpoint("in", "small", "POST").With("requestSizeLimit", Literal(10)), Respond("out", Literal("taken"))),
            Flowchart(
                "b", [Endpoint("in", "files", "POST").With("allowedFileExtensions", Literal(new JsonArray(".pdf"))).With("exposeInvalidFileExtensionOutcome", true), Respond("ok", Literal("taken")), Respond("no", Literal("only pdf"))],
                "in-ok", "in:Invalid file extension-no"));
        var client = host.As("integration");

        (await client.PostAsync("/workflows/small", new StringContent("short"))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await client.PostAsync("/workflows/small", new StringContent("much longer than that"))).StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await Upload(client, "a.exe")).Should().Be("only pdf");
        (await Upload(client, "a.pdf")).Should().Be("taken");
    }

    [Fact]
    public async Task A_file_that_a_flow_answers_is_saved_under_its_name_and_a_part_of_it_can_be_asked_for()
    {
        await using var host = await Host(Sequence(
            "s", Endpoint("in", "report"), Activity("Elsa.WriteFileHttpResponse", "out").With("content", Script("'0123456789'")).With("filename", Literal("informe año.txt")).With("entityTag", Literal("v1")).With("enableResumableDownloads", Literal(true))));
        var client = host.As("integration");

        var whole = await client.GetAsync("/workflows/report");
        client.DefaultRequestHeaders.Range = new System.Net.Http.Headers.RangeHeaderValue(2, 4);
        var part = await client.GetAsync("/workflows/report");

        (await whole.Content.ReadAsStringAsync()).Should().Be("0123456789");
        whole.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        whole.Content.Headers.ContentDisposition.FileNameStar.Should().Be("informe año.txt");
        whole.Headers.ETag!.Tag.Should().Be("\"v1\"");
        part.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        (await part.Content.ReadAsStringAsync()).Should().Be("234");
    }

    [Fact]
    public async Task Events_and_tasks_come_in_by_Elsas_routes()
    {
        await using var host = await Host(Sequence("s", Event("e", "paid").With("customProperties", new JsonObject { ["canStartWorkflow"] = true }), Activity("Elsa.RunTask", "t").With("taskName", Literal("Ship"))));
        var client = host.As("integration");

        var reached = await (await client.PostAsJsonAsync("/elsa/api/events/paid/trigger", new { input = new { amount = 5 }, correlationId = "k1" })).Content.ReadFromJsonAsync<JsonNode>();

        reached!["reached"]!.GetValue<int>().Should().Be(1);
        (await client.PostAsJsonAsync("/elsa/api/tasks/nobody/complete", new { result = 1 })).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await host.As("agent").PostAsJsonAsync("/elsa/api/events/paid/trigger", new { })).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    private static JsonObject Endpoint(string id, string path, string method = "GET", bool starts = true) => Activity("Elsa.HttpEndpoint", id)
        .With("path", Literal(path)).With("supportedMethods", Literal(new JsonArray(method))).With("customProperties", new JsonObject { ["canStartWorkflow"] = starts });

    private static JsonObject Respond(string id, JsonObject content, string status = "OK") =>
        Activity("Elsa.WriteHttpResponse", id).With("statusCode", Literal(status)).With("content", content);

    private static async Task<string> Upload(HttpClient client, string name)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes("x")), "file", name } };
        return await (await client.PostAsync("/workflows/files", form)).Content.ReadAsStringAsync();
    }

    private static async Task<ApiHost> Host(params JsonObject[] roots)
    {
        var host = await ApiHost.Start();
        var library = host.Services.GetRequiredService<FlowLibrary>();
        foreach (var root in roots)
        {
            var definition = Definition(root).With("definitionId", root["id"]!.ToString()).With("id", root["id"] + "-v1");
            library.Publish(DefinitionReader.Read(Encoding.UTF8.GetBytes(definition.ToJsonString()), FlowActivities.Catalog).Graph!);
        }

        return host;
    }
}
