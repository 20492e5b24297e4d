using System.Text.Json.Nodes;
using FlowEngine.Workflows.Activities.Http;
using FlowEngine.Workflows.Activities.Scheduling;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Workflows;

/// <summary>Activities that want something of the world: they say so as effects, and wait where they must.</summary>
public sealed class EffectTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_event_for_all_runs_resumes_what_waits_for_it()
    {
        var publish = Activity("Elsa.PublishEvent", "p").With("eventName", Literal("e")).With("payload", Script("({ n: 7 })"));
        var flow = Fork("both", "WaitAll", Sequence("a", Event("e"), ScriptLine("w", "getLastResult().n")), publish);

        Acting.Of(flow).Lines.Should().Equal("7");
    }

    [Fact]
    public void A_task_waits_until_it_is_reported_as_completed()
    {
        var run = Start(Sequence("s", Activity("Elsa.RunTask", "t").With("taskName", Literal("check credit")).With("payload", Script("({ id: 4 })"))));

        var task = run.Effects.Should().ContainSingle().Which.Should().BeOfType<TaskRequested>().Subject;
        task.Name.Should().Be("check credit");
        task.Payload!["id"].Should().Be(4L);
        run.Instance.Bookmarks.Should().ContainSingle().Which.Payload!["TaskId"]!.GetValue<string>().Should().Be(task.TaskId);
    }

    [Fact]
    public void A_request_says_all_that_must_be_sent_and_its_secret_is_not_in_the_journal()
    {
        var send = Activity("Elsa.FlowSendHttpRequest", "h")
            .With("url", Literal("https://crm.example/leads")).With("method", Literal("post")).With("content", Script("({ name: 'Ana' })")).With("authorization", Literal("Bearer s3cret"));

        var run = Start(send);

        var call = run.Effects.Should().ContainSingle().Which.Should().BeOfType<HttpRequested>().Subject.Call;
        (call.Method, call.Url, call.Authorization).Should().Be(("POST", "https://crm.example/leads", "Bearer s3cret"));
        call.ToString().Should().NotContain("s3cret");
        run.Journal.First(j => j is { ActivityId: "h", EventName: "Started" }).ActivityState!["Authorization"].Should().Be("***");
    }

    [Theory]
    [InlineData("Literal", "patient", """{"strategyId":"patient"}""")]
    [InlineData("JavaScript", "getVariable('which')", """{"strategyId":"careful"}""")]
    [InlineData("JavaScript", "({ maxRetryAttempts: 2 })", """{"maxRetryAttempts":2}""")]
    [InlineData("JavaScript", "null", null)]
    public void A_policy_for_retries_may_be_computed(string type, string code, string? policy)
    {
        var send = Activity("Elsa.FlowSendHttpRequest", "h").With("url", Literal("https://crm.example")).With(
            "customProperties", new JsonObject { ["resilienceStrategy"] = new JsonObject { ["mode"] = "Expression", ["expression"] = new JsonObject { ["type"] = type, ["value"] = code } } });

        var run = Interpreter.Start(Graph(send, Variable("which", "String", "careful")), new StartRequest(Guid.Empty), new RunEnvironment { Now = Now, Seed = 1 });

        run.Effects.Should().ContainSingle().Which.Should().BeOfType<HttpRequested>().Which.Call.ResilienceStrategy.Should().Be(policy);
    }

    [Fact]
    public void A_policy_that_cannot_be_computed_is_a_fault_that_names_it()
    {
        var send = Activity("Elsa.FlowSendHttpRequest", "h").With("url", Literal("https://crm.example")).With(
            "customProperties", new JsonObject { ["resilienceStrategy"] = new JsonObject { ["mode"] = "Expression", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "7" } } });

        Start(send).NewIncidents.Should().ContainSingle().Which.Cause.Should().Contain("neither a policy's id nor a policy");
    }

    [Fact]
    public void A_download_gives_its_file_to_the_next_step()
    {
        var file = new Dictionary<string, object?> { ["FileName"] = "a.pdf", ["ContentType"] = "application/pdf", ["Content"] = "JVBERg==", ["Length"] = 4L };
        var answer = new Dictionary<string, object?> { ["StatusCode"] = 200L, ["File"] = file, ["ResponseHeaders"] = new Dictionary<string, object?>() };
        var flow = Sequence("s", Activity("Elsa.DownloadHttpFile", "h").With("url", Literal("https://crm.example/a")), ScriptLine("l", "getLastResult().FileName + ' ' + getOutputFrom('h', 'ResponseContentBytes')"));

        var acting = Acting.Of(flow).Answer("h", answer);

        acting.Lines.Should().Equal("a.pdf JVBERg==");
        acting.Run.Journal.Single(j => j is { ActivityId: "h", EventName: "Completed" }).Outcomes.Should().Equal("200", "Done");
    }

    [Theory]
    [InlineData("'plain'", "cGxhaW4=", "text/plain; charset=utf-8")]
    [InlineData("[1, 2, 255]", "AQL/", null)]
    [InlineData("({ FileName: 'a.bin', ContentType: 'application/x', Content: 'AQL/' })", "AQL/", "application/x")]
    public void A_file_is_answered_from_a_text_from_bytes_or_from_a_file(string content, string base64, string? type)
    {
        var write = Activity("Elsa.WriteFileHttpResponse", "w").With("content", Script(content)).With("filename", Literal("b.bin"));

        var run = Interpreter.Start(Graph(write), new StartRequest(Guid.Empty), new RunEnvironment { Now = Now, Seed = 1, AnswersHttp = true });

        var sent = run.Effects.Should().ContainSingle().Which.Should().BeOfType<HttpResponded>().Subject;
        (sent.Content, sent.ContentType, sent.File!.Name).Should().Be((base64, type, "b.bin"));
    }

    [Fact]
    public void A_file_that_is_too_large_is_a_fault_that_says_so()
    {
        var write = Activity("Elsa.WriteFileHttpResponse", "w").With("content", Script("'x'.repeat(100)"));

        var run = Interpreter.Start(Graph(write), new StartRequest(Guid.Empty), new RunEnvironment { Now = Now, Seed = 1, AnswersHttp = true, Limits = Limits.Default with { FileSize = 50 } });

        run.NewIncidents.Should().ContainSingle().Which.Code.Should().Be("FileTooLarge");
    }

    [Theory]
    [InlineData(200L, null, "200,Done")]
    [InlineData(404L, null, "Unmatched status code,Done")]
    [InlineData(null, "Timeout", "Timeout")]
    [InlineData(null, "Refused", "Failed to connect")]
    public void The_answer_decides_the_outcome(long? status, string? failure, string outcomes)
    {
        var answer = new Dictionary<string, object?> { ["StatusCode"] = status, ["Failure"] = failure, ["ParsedContent"] = "ok" };

        var acting = Acting.Of(Activity("Elsa.FlowSendHttpRequest", "h").With("url", Literal("https://crm.example"))).Answer("h", answer);

        string.Join(',', acting.Run.Journal.Single(j => j is { ActivityId: "h", EventName: "Completed" }).Outcomes!).Should().Be(outcomes);
    }

    [Fact]
    public void Attempts_before_the_answer_are_in_the_journal_and_not_in_what_the_flow_reads()
    {
        var retried = new List<object?> { RetriedAttempts.Of(1, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1), new Dictionary<string, object?> { ["StatusCode"] = 503L }) };
        var flow = Sequence("s", Activity("Elsa.FlowSendHttpRequest", "h").With("url", Literal("https://crm.example")), ScriptLine("l", "Object.keys(getLastResult()).join()"));

        var acting = Acting.Of(flow).Answer("h", new Dictionary<string, object?> { ["StatusCode"] = 200L, ["Retried"] = retried });

        acting.Lines.Should().Equal("StatusCode");
        acting.Run.Journal.Where(j => j.ActivityId == "h").Select(j => j.EventName).Should().Equal("Started", "Suspended", "Resumed", "Retried", "Completed");
        acting.Run.Journal.Single(j => j.EventName == "Retried").ActivityState!["Retried"].Should().BeEquivalentTo(retried);
    }

    [Fact]
    public void The_container_form_runs_the_activity_of_the_status_code()
    {
        var send = Activity("Elsa.SendHttpRequest", "h").With("url", Literal("https://crm.example")).With("unmatchedStatusCode", Line("other"))
            .With("expectedStatusCodes", new JsonArray(new JsonObject { ["statusCode"] = 201, ["activity"] = ScriptLine("made", "getOutputFrom('h', 'StatusCode')") }));

        Acting.Of((JsonObject)send.DeepClone()).Answer("h", new Dictionary<string, object?> { ["StatusCode"] = 201L }).Lines.Should().Equal("201");
        Acting.Of(send).Answer("h", new Dictionary<string, object?> { ["StatusCode"] = 500L }).Lines.Should().Equal("other");
    }

    [Fact]
    public void An_address_that_is_none_is_an_incident() =>
        Acting.Of(Activity("Elsa.FlowSendHttpRequest", "h").With("url", Literal("crm/leads"))).Instance.Incidents.Should().ContainSingle().Which.Code.Should().Be("HttpAddress");

    [Fact]
    public void An_endpoint_waits_for_each_of_its_methods_and_gives_out_what_came()
    {
        var endpoint = Activity("Elsa.HttpEndpoint", "in").With("path", Literal("/orders/{id}/")).With("supportedMethods", Script("['GET', 'POST']"));
        var acting = Acting.Of(Sequence("s", endpoint, ScriptLine("w", "getOutputFrom('in', 'RouteData').id")));

        acting.Instance.Bookmarks.Select(b => b.Hash).Should().Equal(
            BookmarkHash.Of(HttpEndpoint.TypeName, HttpEndpoint.Payload("orders/{id}", "get")), BookmarkHash.Of(HttpEndpoint.TypeName, HttpEndpoint.Payload("orders/{id}", "POST")));
        acting.Answer("in", new Dictionary<string, object?> { ["RouteData"] = new Dictionary<string, object?> { ["id"] = "4711" } }).Lines.Should().Equal("4711");
    }

    [Fact]
    public void A_response_needs_a_request_to_answer()
    {
        var write = Activity("Elsa.WriteHttpResponse", "w").With("content", Literal("ok")).With("statusCode", Literal("Created"));

        Start((JsonObject)write.DeepClone()).NewIncidents.Should().ContainSingle().Which.Code.Should().Be("NoHttpContext");
        Start(write, answersHttp: true).Effects.Should().ContainSingle().Which.Should().BeOfType<HttpResponded>().Which.StatusCode.Should().Be(201);
    }

    [Theory]
    [InlineData("Elsa.Timer", "interval", "00:10:00", "2026-03-02T09:10:00+00:00")]
    [InlineData("Elsa.Cron", "cronExpression", "0 30 9 * * *", "2026-03-02T09:30:00+00:00")]
    [InlineData("Elsa.StartAt", "dateTime", "2026-03-02T12:00:00+02:00", "2026-03-02T10:00:00+00:00")]
    public void In_the_middle_of_a_flow_a_time_is_waited_for_once(string type, string input, string value, string due)
    {
        var run = Start(Sequence("s", Activity(type, "t").With(input, Literal(value))));

        run.Instance.Bookmarks.Should().ContainSingle().Which.DueAt.Should().Be(DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_start_time_that_is_past_goes_on_at_once() =>
        Start(Sequence("s", Activity("Elsa.StartAt", "t").With("dateTime", Literal("2026-03-02T08:00:00Z")), Line("l"))).ConsoleLines.Should().Equal("l");

    [Fact]
    public void A_cron_expression_that_is_none_keeps_the_definition_from_being_published()
    {
        var reading = Read(Definition(Activity("Elsa.Cron", "c").With("cronExpression", Literal("every day"))));

        reading.Errors.Should().BeEmpty();
        reading.Graph!.PublishErrors.Should().ContainSingle().Which.Path.Should().Be("$.root.cronExpression");
    }

    [Fact]
    public void The_days_of_a_cron_expression_are_counted_in_UTC()
    {
        CronSchedule.TryParse("0 0 0 1 * *", out var schedule, out _).Should().BeTrue();

        schedule!.Next(new DateTimeOffset(2026, 3, 1, 1, 0, 0, TimeSpan.FromHours(2))).Should().Be(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    }

    private static RunResult Start(JsonObject root, bool answersHttp = false) =>
        Interpreter.Start(Graph(root), new StartRequest(Guid.Empty), new RunEnvironment { Now = Now, Seed = 1, AnswersHttp = answersHttp });
}
