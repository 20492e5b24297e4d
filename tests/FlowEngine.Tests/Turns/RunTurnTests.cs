using System.Text.Json;
using System.Text.Json.Nodes;
using FlowEngine.Engine.Hooks;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Workflows.Instances;
using Microsoft.Extensions.Configuration;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Turns;

/// <summary>Runs without a conversation, over the whole engine: what starts them, what they want of others, and how they end.</summary>
public sealed class RunTurnTests
{
    private const string Singleton = "Elsa.Workflows.ActivationValidators.SingletonStrategy, Elsa.Workflows.Core";
    private const string OnePerCorrelation = "Elsa.Workflows.ActivationValidators.CorrelatedSingletonStrategy, Elsa.Workflows.Core";

    [Fact]
    public async Task An_event_starts_the_flows_that_it_triggers_and_resumes_the_runs_that_wait_for_it()
    {
        var engine = Engine(Flow("started", Sequence("s", Trigger("e", "paid"), ScriptLine("l", "'new ' + getLastResult().amount"))), Flow("waits", Sequence("s", Event("e", "paid"), ScriptLine("l", "'resumed ' + getLastResult().amount"))));
        var waiting = await engine.Begin(new RunStarted("waits"));
        await engine.Settle();

        await engine.Happens("paid", """{"amount":5}""");
        await engine.Settle();

        Lines(engine, waiting).Should().Equal("resumed 5");
        Lines(engine).Should().BeEquivalentTo("resumed 5", "new 5");
        (await Instance(engine, waiting)).SubStatus.Should().Be((int)WorkflowSubStatus.Finished);
    }

    [Fact]
    public async Task An_event_that_comes_before_its_bookmark_is_kept_and_resumes_it()
    {
        var engine = Engine(Flow("waits", Sequence("s", Event("e", "early"), Line("l"))));

        await engine.Happens("early");
        await engine.Settle();
        var run = await engine.Begin(new RunStarted("waits"));
        await engine.Settle();

        Lines(engine, run).Should().Equal("l");
    }

    [Fact]
    public async Task Events_that_come_faster_than_the_run_waits_anew_are_all_heard()
    {
        var engine = Engine(Flow("loops", Sequence("s", Event("e1", "tick"), Activity("Elsa.Delay", "d").With("timeSpan", Literal("00:00:01")), Event("e2", "tick"), Event("e3", "tick"), Line("all"))));
        var run = await engine.Begin(new RunStarted("loops"));
        await engine.Settle();

        await engine.Happens("tick");
        await engine.Happens("tick");
        await engine.Happens("tick");
        await engine.Settle();
        Lines(engine, run).Should().BeEmpty();
        engine.Clock.Advance(TimeSpan.FromSeconds(1));
        await engine.Settle();

        Lines(engine, run).Should().Equal("all");
    }

    [Fact]
    public async Task An_event_that_came_too_early_is_forgotten_after_its_time()
    {
        var engine = Engine(Flow("waits", Sequence("s", Event("e", "early"), Line("l"))));
        await engine.Happens("early");

        engine.Clock.Advance(engine.Options.KeepSignals);
        var run = await engine.Begin(new RunStarted("waits"));
        await engine.Settle();

        Lines(engine, run).Should().BeEmpty();
    }

    [Fact]
    public async Task An_event_that_a_run_publishes_reaches_a_conversation_s_flow_and_other_runs_after_its_commit()
    {
        var publish = Activity("Elsa.PublishEvent", "p").With("eventName", Literal("paid")).With("payload", Script("({ amount: 7 })"));
        var engine = Engine(
            Flow("sends", Sequence("s", publish, Line("sent"))),
            Flow("hears", Sequence("s", Trigger("e", "paid"), ScriptLine("l", "'heard ' + getLastResult().amount"))),
            Flow("chat", Flowchart("f", [Activity("FlowEngine.MessageReceived", "m").With("customProperties", new JsonObject { ["canStartWorkflow"] = true }), Event("e", "paid"), Activity("FlowEngine.SendMessage", "say").With("text", Literal("Pago recibido"))], "m-e", "e-say")));
        await engine.LeadWrites("hola");
        await engine.Settle();

        await engine.Begin(new RunStarted("sends"));
        await engine.Settle();

        engine.Sent.Should().Equal("Pago recibido");
        Lines(engine).Should().BeEquivalentTo("sent", "heard 7");
    }

    [Fact]
    public async Task A_dispatched_child_runs_in_a_mailbox_of_its_own_and_its_end_resumes_the_parent()
    {
        var engine = Engine(
            Flow("parent", Sequence("s", Child("Elsa.DispatchWorkflow", "child"), ScriptLine("l", "getLastResult().answer"))),
            Flow("child", Sequence("s", Event("e", "go"), Activity("Elsa.SetOutput", "o").With("outputName", Literal("answer")).With("outputValue", Literal("hi")))));
        var parent = await engine.Begin(new RunStarted("parent"));
        await engine.Settle();
        Lines(engine, parent).Should().BeEmpty();

        await engine.Happens("go");
        await engine.Settle();

        Lines(engine, parent).Should().Equal("hi");
    }

    [Fact]
    public async Task An_inline_child_that_waits_goes_on_by_itself_and_wakes_its_parent()
    {
        var engine = Engine(
            Flow("parent", Sequence("s", Child("Elsa.ExecuteWorkflow", "child"), ScriptLine("l", "'child ended ' + getLastResult().SubStatus"))),
            Flow("child", Sequence("s", Line("begun"), Activity("Elsa.Delay", "d").With("timeSpan", Literal("00:01:00")), Line("after"))));
        var parent = await engine.Begin(new RunStarted("parent"));
        await engine.Settle();

        engine.Clock.Advance(TimeSpan.FromMinutes(1));
        await engine.Settle();

        Lines(engine, parent).Should().Equal("begun", "child ended 3");
        Lines(engine).Should().HaveCount(4, "the child's own journal has its lines too");
    }

    [Fact]
    public async Task Five_hundred_children_end_each_once_and_then_their_parent()
    {
        var bulk = Child("Elsa.BulkDispatchWorkflows", "child").With("items", Script("Array.from({length: 500}, (_, i) => i)"));
        var engine = Engine(Flow("parent", Sequence("s", bulk, Line("all"))), Flow("child", Line("one")));
        var parent = await engine.Begin(new RunStarted("parent"));

        await engine.Settle();

        Lines(engine, parent).Should().Equal("all");
        Lines(engine).Count(l => l == "one").Should().Be(500);
    }

    [Fact]
    public async Task A_child_that_may_not_start_tells_its_parent_who_goes_on()
    {
        var engine = Engine(
            Flow("parent", Sequence("s", Child("Elsa.BulkDispatchWorkflows", "child").With("items", Script("[1, 2]")), Line("all"))),
            Flow("child", Event("e"), Singleton));
        var parent = await engine.Begin(new RunStarted("parent"));
        await engine.Settle();
        Lines(engine, parent).Should().BeEmpty("one child waits");

        await engine.Happens("e");
        await engine.Settle();

        Lines(engine, parent).Should().Equal("all");
    }

    [Fact]
    public async Task A_singleton_has_one_run_at_a_time_and_one_of_a_correlation_id_has_one_for_each()
    {
        var engine = Engine(Flow("one", Event("e", "end"), Singleton), Flow("each", Event("e", "end"), OnePerCorrelation));
        Guid[] runs =
        [
            await engine.Begin(new RunStarted("one")), await engine.Begin(new RunStarted("one")),
            await engine.Begin(new RunStarted("each", CorrelationId: "a")), await engine.Begin(new RunStarted("each", CorrelationId: "a")), await engine.Begin(new RunStarted("each", CorrelationId: "b")),
        ];
        await engine.Settle();

        (await Begun(engine, runs)).Should().Equal(true, false, true, false, true);

        await engine.Happens("end");
        await engine.Settle();
        var next = await engine.Begin(new RunStarted("one"));
        await engine.Settle();
        (await Begun(engine, next)).Should().Equal([true], "the first one has ended");
    }

    [Fact]
    public async Task A_task_that_a_run_asks_for_is_done_once_by_its_id()
    {
        var engine = Engine(Flow("asks", Sequence("s", Activity("Elsa.RunTask", "t").With("taskName", Literal("Ship")), ScriptLine("l", "getLastResult()"))));
        var run = await engine.Begin(new RunStarted("asks"));
        await engine.Settle();
        var asked = InstanceOf(engine, await Instance(engine, run)).Bookmarks.Should().ContainSingle().Which.Payload!["TaskId"]!.ToString();

        await engine.Append(engine.Signals.TaskDone(asked, "\"done\""));
        await engine.Append(engine.Signals.TaskDone(asked, "\"again\""));
        await engine.Settle();

        Lines(engine, run).Should().Equal("done");
    }

    [Fact]
    public async Task A_fault_is_an_incident_that_a_retry_closes_when_it_went_well()
    {
        var engine = Engine(Flow("bad", Sequence("s", ScriptLine("l", "if (getVariable('ok') !== 'yes') throw new Error('not yet'); return 'fine'"))).Replace("\"variables\":[]", "\"variables\":[{\"id\":\"ok\",\"name\":\"ok\",\"typeName\":\"String\",\"value\":\"no\",\"storageDriverTypeName\":\"WorkflowInstanceStorageDriver\"}]", StringComparison.Ordinal));
        var run = await engine.Begin(new RunStarted("bad"));
        await engine.Settle();
        var store = (MemoryTurnStore)engine.Store;
        store.Incidents().Should().ContainSingle(i => i.Incident.InstanceId == run && i.Incident.Blocking && i.Closed == null);

        (await engine.Alter(run, new RetryRun())).SubStatus.Should().Be(WorkflowSubStatus.Faulted);
        store.Incidents().Should().HaveCount(2).And.ContainSingle(i => i.Closed == null, "it failed again: the newer one is open");

        (await engine.Alter(run, new ModifyVariable("ok", "\"yes\""))).Problem.Should().BeNull();
        (await engine.Alter(run, new RetryRun())).SubStatus.Should().Be(WorkflowSubStatus.Finished);
        store.Incidents().Should().OnlyContain(i => i.Closed != null);
        Lines(engine, run).Should().Equal("fine");
    }

    [Fact]
    public async Task A_cancelled_run_leaves_no_bookmark_and_no_timer_and_says_so_to_its_parent()
    {
        var engine = Engine(Flow("parent", Sequence("s", Child("Elsa.DispatchWorkflow", "child"), Line("l"))), Flow("child", Activity("Elsa.Delay", "d").With("timeSpan", Literal("01:00:00"))));
        var parent = await engine.Begin(new RunStarted("parent"));
        await engine.Settle();
        var child = Guid.Parse(InstanceOf(engine, await Instance(engine, parent)).Bookmarks[0].Payload!["ChildInstanceId"]!.ToString());

        (await engine.Alter(child, new CancelRun("asked for"))).SubStatus.Should().Be(WorkflowSubStatus.Cancelled);

        (await engine.Store.NextDueAt(engine.Clock.GetUtcNow(), default)).Should().BeNull();
        ((MemoryTurnStore)engine.Store).Bookmarks(child).Should().BeEmpty();
        Lines(engine, parent).Should().Equal("l");
        (await engine.Alter(child, new CancelRun("again"))).Problem.Should().NotBeNull();
    }

    [Fact]
    public async Task A_run_that_is_cancelled_takes_those_with_it_that_it_waits_for()
    {
        var engine = Engine(
            Flow("parent", Child("Elsa.DispatchWorkflow", "child")), Flow("child", Child("Elsa.DispatchWorkflow", "grandchild")),
            Flow("grandchild", Activity("Elsa.Delay", "d").With("timeSpan", Literal("01:00:00"))));
        var parent = await engine.Begin(new RunStarted("parent"));
        await engine.Settle();
        var child = ChildOf(await Instance(engine, parent));
        var grandchild = ChildOf(await Instance(engine, child));

        (await engine.Alter(parent, new CancelRun("asked for"))).SubStatus.Should().Be(WorkflowSubStatus.Cancelled);
        await engine.Settle();

        InstanceOf(engine, await Instance(engine, child)).SubStatus.Should().Be(WorkflowSubStatus.Cancelled);
        InstanceOf(engine, await Instance(engine, grandchild)).SubStatus.Should().Be(WorkflowSubStatus.Cancelled);
        (await engine.Store.NextDueAt(engine.Clock.GetUtcNow(), default)).Should().BeNull();

        Guid ChildOf(InstanceRecord run) => Guid.Parse(InstanceOf(engine, run).Bookmarks[0].Payload!["ChildInstanceId"]!.ToString());
    }

    [Fact]
    public async Task A_run_stays_on_its_version_and_can_be_put_onto_another_one()
    {
        var engine = Engine(Flow("versions", Sequence("s", Event("e", "go"), Line("old"))));
        var (stays, moves) = (await engine.Begin(new RunStarted("versions")), await engine.Begin(new RunStarted("versions")));
        await engine.Settle();
        engine.Publish(Flow("versions", Sequence("s", Event("e", "go"), Line("new")), version: 2));

        (await engine.Alter(moves, new MigrateRun("versions-v2"))).Problem.Should().BeNull();
        await engine.Happens("go");
        await engine.Settle();

        Lines(engine, stays).Should().Equal("old");
        Lines(engine, moves).Should().Equal("new");
    }

    [Fact]
    public async Task What_is_altered_in_one_turn_is_done_wholly_or_not_at_all()
    {
        var engine = Engine(Flow("waits", Sequence("s", Event("e", "go"), ScriptLine("l", "'n is ' + getVariable('n')")))
            .Replace("\"variables\":[]", "\"variables\":[{\"id\":\"n\",\"name\":\"n\",\"typeName\":\"Int32\",\"value\":\"1\",\"storageDriverTypeName\":\"WorkflowInstanceStorageDriver\"}]", StringComparison.Ordinal));
        var run = await engine.Begin(new RunStarted("waits"));
        await engine.Settle();

        (await engine.Alter(run, new AlterInTurn([new ModifyVariable("n", "2"), new MigrateRun("nowhere")]))).Problem.Should().Contain("nowhere");
        (await engine.Alter(run, new AlterInTurn([new ModifyVariable("n", "5"), new CancelActivity("e")]))).Problem.Should().BeNull();
        await engine.Settle();

        Lines(engine, run).Should().Equal("n is 5");
    }

    [Fact]
    public async Task Who_does_tasks_is_told_of_one_by_the_webhook_while_it_is_waited_for()
    {
        var task = Activity("Elsa.RunTask", "t").With("taskName", Literal("Ship")).With("payload", Script("({ order: 7 })"));
        var hooks = new HookSettings([new HookEndpoint(new Uri("https://work.example/tasks"), new HashSet<string> { HookTypes.TaskRequested }, null), new HookEndpoint(new Uri("https://other.example"), new HashSet<string> { HookTypes.Created }, null)]);
        var engine = new TestEngine(hooks, Flow("asks", task), Flow("gives-up", Fork("f", "WaitAny", task.DeepClone().AsObject(), Line("l"))));

        var run = await engine.Begin(new RunStarted("asks", CorrelationId: "k1"));
        await engine.Begin(new RunStarted("gives-up"));
        await engine.Settle();

        var told = ((MemoryTurnStore)engine.Store).Hooks().Should().ContainSingle("a task that nobody waits for any more is told to nobody").Subject;
        (told.Hook, told.ConversationId, told.Type).Should().Be((0, run, "task.requested"));
        var body = JsonNode.Parse(told.Body)!;
        body["conversation"].Should().BeNull();
        var data = body["data"]!;
        (data["taskName"]!.ToString(), data["payload"]!["order"]!.GetValue<int>(), data["correlationId"]!.ToString(), data["workflowDefinitionId"]!.ToString()).Should().Be(("Ship", 7, "k1", "asks"));
        await engine.Append(engine.Signals.TaskDone(data["taskId"]!.ToString(), null));
        await engine.Settle();
        (await Instance(engine, run)).SubStatus.Should().Be((int)WorkflowSubStatus.Finished);
    }

    [Fact]
    public async Task The_limits_of_the_configuration_hold_for_every_run()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("FlowEngine:Turns:Limits:Steps", "10")]).Build();
        var options = configuration.GetSection("FlowEngine:Turns").Get<TurnOptions>()!;
        var engine = Engine(Flow("loops", Flowchart("f", [Line("a"), Line("b")], "a-b", "b-a")));
        var load = await engine.Store.LoadRun(await engine.Begin(new RunStarted("loops")), engine.Clock.GetUtcNow(), default);

        var turn = RunTurn.Decide(load!, engine.Tools with { Options = options }, engine.Clock.GetUtcNow()).ToCheckpoint();

        turn.IncidentsOpened.Should().ContainSingle().Which.Message.Should().Contain("ran 10 activities");
        options.Limits.Should().Be(FlowEngine.Workflows.Interpreter.Limits.Default with { Steps = 10 });
        FlowEngine.Workflows.Interpreter.Limits.Default.Steps.Should().Be(2_000, "the configuration of one server is not that of all");
    }

    [Fact]
    public async Task A_flow_that_needs_a_conversation_and_has_none_is_an_incident_that_says_so()
    {
        var engine = Engine(Flow("talks", Activity("FlowEngine.SendMessage", "say").With("text", Literal("hola"))));
        var run = await engine.Begin(new RunStarted("talks"));
        await engine.Settle();

        ((MemoryTurnStore)engine.Store).Incidents().Should().ContainSingle().Which.Incident.Code.Should().Be("noConversation");
        (await Instance(engine, run)).SubStatus.Should().Be((int)WorkflowSubStatus.Faulted);
    }

    [Fact]
    public async Task A_crash_at_any_point_between_turns_loses_and_doubles_nothing()
    {
        var engine = Engine(
            Flow("parent", Sequence("s", Child("Elsa.BulkDispatchWorkflows", "child").With("items", Script("[1, 2, 3, 4]")), Activity("Elsa.PublishEvent", "p").With("eventName", Literal("all")), Line("all"))),
            Flow("child", Line("one")),
            Flow("hears", Sequence("s", Trigger("e", "all"), Line("heard"))));
        await engine.Begin(new RunStarted("parent"));

        do
        {
            await engine.Crash();
        }
        while (await engine.Turn());

        Lines(engine).Should().BeEquivalentTo("one", "one", "one", "one", "all", "heard");
    }

    private static TestEngine Engine(params string[] definitions) => new(definitions: definitions);

    private static string Flow(string id, JsonObject root, string? activation = null, int version = 1) => new JsonObject
    {
        ["id"] = $"{id}-v{version}",
        ["definitionId"] = id,
        ["version"] = version,
        ["variables"] = new JsonArray(),
        ["options"] = new JsonObject { ["activationStrategyType"] = activation },
        ["root"] = root,
    }.ToJsonString();

    private static JsonObject Trigger(string id, string name) => Event(id, name).With("customProperties", new JsonObject { ["canStartWorkflow"] = true });

    private static JsonObject Child(string type, string definition) =>
        Activity(type, "c").With("workflowDefinitionId", Literal(definition)).With("waitForCompletion", Literal(true));

    private static async Task<InstanceRecord> Instance(TestEngine engine, Guid run) => (await engine.Store.FindInstance(run, default))!;

    private static WorkflowInstance InstanceOf(TestEngine engine, InstanceRecord record) => InstanceState.Read(record.State, engine.Library.FindVersion(record.VersionId)!);

    private static async Task<IReadOnlyList<bool>> Begun(TestEngine engine, params Guid[] runs)
    {
        var begun = new List<bool>();
        foreach (var run in runs)
        {
            begun.Add(await engine.Store.FindInstance(run, default) is not null);
        }

        return begun;
    }

    private static IReadOnlyList<string> Lines(TestEngine engine, Guid? run = null)
    {
        var store = (MemoryTurnStore)engine.Store;
        var runs = run is { } one ? [one] : store.Runs();
        return [.. runs.SelectMany(store.Journal).SelectMany(LinesOf)];
    }

    private static IEnumerable<string> LinesOf(JournalBurst burst)
    {
        using var json = JsonDocument.Parse(burst.Json);
        return json.RootElement.TryGetProperty("console", out var lines) ? [.. lines.EnumerateArray().Select(l => l.GetString()!)] : [];
    }
}
