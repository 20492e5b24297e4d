using System.Text.Json.Nodes;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Workflows;

public sealed class AlterationTests
{
    private static readonly RunEnvironment Environment = new() { Now = DateTimeOffset.UnixEpoch, Seed = 1 };

    [Fact]
    public void A_variable_is_set_in_its_own_type_or_not_at_all()
    {
        var (graph, run) = Begin(Sequence("s", Event("e"), ScriptLine("w", "getVariable('n') + 1")), Variable("n", "Int32", "0"));

        Alteration.ModifyVariable(graph, run, "n", "many").Should().Contain("whole number");
        Alteration.ModifyVariable(graph, run, "nobody", 1).Should().Contain("no variable");
        Alteration.ModifyVariable(graph, run, "n", "41").Should().BeNull();

        Resume(graph, run).ConsoleLines.Should().Equal("42");
    }

    [Fact]
    public void An_activity_is_scheduled_in_its_container_when_that_is_under_way()
    {
        var (graph, run) = Begin(Sequence("s", Event("e"), Line("l")));

        var (result, problem) = Alteration.ScheduleActivity(graph, run, "l", null, Environment);

        problem.Should().BeNull();
        result!.ConsoleLines.Should().Equal("l");
        Alteration.ScheduleActivity(graph, run, "nobody", null, Environment).Problem.Should().Contain("no activity");
    }

    [Fact]
    public void A_cancelled_activity_leaves_its_flowchart_to_go_on_without_it()
    {
        var (graph, run) = Begin(Flowchart("f", [Line("a"), Event("e"), Event("x"), Line("after")], "a-e", "a-x", "x-after"));

        var (result, _) = Alteration.CancelActivity(graph, run, "e", null, Environment);

        result!.Instance.Bookmarks.Select(b => b.ActivityId).Should().Equal("x");
        result.Journal.Should().Contain(j => j.ActivityId == "e" && j.EventName == "Canceled");
    }

    [Theory]
    [InlineData("Flowchart", "")]
    [InlineData("Sequence", "after")]
    [InlineData("Fork", "")]
    public void A_container_in_which_nothing_else_goes_on_does_not_wait_for_what_was_cancelled(string container, string lines)
    {
        var (graph, run) = Begin(container switch
        {
            "Flowchart" => Flowchart("c", [Event("e"), Line("after")], "e-after"),
            "Fork" => Fork("c", "WaitAll", Event("e")),
            _ => Sequence("c", Event("e"), Line("after")),
        });

        var (result, _) = Alteration.CancelActivity(graph, run, null, run.Bookmarks[0].ActivityInstanceId, Environment);

        (result!.Instance.SubStatus, string.Join(',', result.ConsoleLines)).Should().Be((WorkflowSubStatus.Finished, lines));
        result.NewIncidents.Should().BeEmpty();
    }

    [Fact]
    public void A_run_on_the_next_version_goes_on_where_it_waits_and_takes_the_new_way()
    {
        var (_, run) = Begin(Flowchart("f", [Line("a"), Event("e"), Line("old")], "a-e", "e-old"));
        var next = Version(2, Flowchart("f", [Line("a"), Event("e"), Line("new")], "a-e", "e-new"));

        var (migrated, problem) = Migration.Of(run, next);

        problem.Should().BeNull();
        migrated!.Version.Should().Be(2);
        Resume(next, InstanceState.Read(InstanceState.Write(migrated), next)).ConsoleLines.Should().Equal("new");
    }

    [Fact]
    public void A_join_of_the_next_version_does_not_wait_for_a_connection_that_is_new()
    {
        var (_, run) = Begin(Flowchart("f", [Line("s"), Line("a"), Event("e"), Line("after")], "s-a", "s-e", "e-after"));
        var next = Version(2, Flowchart("f", [Line("s"), Line("a"), Event("e"), Line("after")], "s-a", "s-e", "e-after", "a-after"));

        Resume(next, Migration.Of(run, next).Migrated!).ConsoleLines.Should().Equal("after");
    }

    [Fact]
    public void A_version_without_the_place_where_the_run_waits_is_refused()
    {
        var (_, run) = Begin(Sequence("s", Event("e")));

        Migration.Of(run, Version(2, Sequence("s", Line("l")))).Problem.Should().Contain("lacks every activity");
    }

    private static (WorkflowGraph Graph, WorkflowInstance Run) Begin(JsonObject root, params JsonObject[] variables)
    {
        var graph = Graph(root, variables);
        return (graph, Interpreter.Start(graph, new StartRequest(Guid.Empty), Environment).Instance);
    }

    private static RunResult Resume(WorkflowGraph graph, WorkflowInstance run) => Interpreter.Resume(graph, run, run.Bookmarks[0].Id, null, Environment);

    private static WorkflowGraph Version(int version, JsonObject root) => Read(Definition(root).With("version", version).With("id", $"flow-v{version}")).Graph!;
}
