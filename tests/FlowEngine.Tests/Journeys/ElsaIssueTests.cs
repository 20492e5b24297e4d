using FlowEngine.Workflows.Instances;

namespace FlowEngine.Tests.Journeys;

/// <summary>
/// What users of Elsa have reported of many runs on several nodes (the numbers are theirs), here on PostgreSQL with two processes.
/// </summary>
[Trait("Category", "Postgres")]
public sealed class ElsaIssueTests(RunNodes nodes) : IClassFixture<RunNodes>
{
    private const int Finished = (int)WorkflowSubStatus.Finished;
    private const int Suspended = (int)WorkflowSubStatus.Suspended;

    [SkippableFact]
    public async Task Two_hundred_quick_resumes_leave_no_bookmark_stuck_7223()
    {
        await nodes.Begin();
        await RunNodes.Start(nodes.A, "ticks");

        for (var i = 0; i < 100; i++)
        {
            await Task.WhenAll(RunNodes.Happens(nodes.A, "tick"), RunNodes.Happens(nodes.B, "tick"));
        }

        await nodes.Until(async () => await nodes.Count("ticks", Finished) == 1, "200 resumes");
        (await nodes.Ask<long>("SELECT count(*) FROM bookmark b JOIN instance i ON i.id = b.instance_id WHERE i.definition_id = 'ticks'")).Should().Be(0);
        (await nodes.Ask<long>("SELECT count(*) FROM kept_signal WHERE convert_from(payload, 'UTF8') LIKE '%tick%'")).Should().Be(0);
    }

    [SkippableFact]
    public async Task One_run_for_each_correlation_id_holds_under_a_race_between_nodes_5883()
    {
        await nodes.Begin();
        for (var round = 0; round < 5; round++)
        {
            var key = $"k{round}";
            await Task.WhenAll(Enumerable.Range(0, 12).Select(i => RunNodes.Happens(i % 2 == 0 ? nodes.A : nodes.B, "order", key)));
        }

        await nodes.Until(async () => await nodes.Ask<long>("SELECT count(*) FROM mailbox_event WHERE kind = 'runStarted' AND state = 0") == 0, "all starts to be decided");
        (await nodes.Count("one-each")).Should().Be(5);
        (await nodes.Count("one-each", Suspended)).Should().Be(5);

        await RunNodes.Happens(nodes.B, "one-each-end");
        await nodes.Until(async () => await nodes.Count("one-each", Finished) == 5, "the five to end");
        await RunNodes.Happens(nodes.A, "order", "k0");
        await nodes.Until(async () => await nodes.Count("one-each", Suspended) == 1, "the next one of k0");
    }

    [SkippableFact]
    public async Task An_event_before_its_bookmark_resumes_it_on_whichever_node_6523()
    {
        await nodes.Begin();
        await RunNodes.Happens(nodes.A, "early");

        await RunNodes.Start(nodes.B, "early");

        await nodes.Until(async () => await nodes.Count("early", Finished) == 1, "the early event");
    }

    [SkippableFact]
    public async Task A_bulk_parent_ends_after_all_of_its_children_and_does_end_7405_7030()
    {
        await nodes.Begin();
        await RunNodes.Start(nodes.A, "parent");

        await nodes.Until(async () => await nodes.Count("parent", Finished) == 1, "the parent");
        (await nodes.Count("child", Finished)).Should().Be(100);
        (await nodes.Ask<bool>("SELECT (SELECT finished_at FROM instance WHERE definition_id = 'parent') >= (SELECT max(finished_at) FROM instance WHERE definition_id = 'child')")).Should().BeTrue();
    }

    [SkippableFact]
    public async Task A_deleted_run_does_not_come_back_whatever_is_asked_of_it_7073_7077()
    {
        await nodes.Begin();
        await RunNodes.Happens(nodes.A, "order", "deleted");
        await nodes.Until(async () => await nodes.Ask<long>("SELECT count(*) FROM instance WHERE correlation_id = 'deleted' AND sub_status = 2") == 1, "the run");
        var id = await nodes.Ask<Guid>("SELECT id FROM instance WHERE correlation_id = 'deleted'");
        await ServerUnderTest.Post(nodes.A.Http, $"/elsa/api/cancel/workflow-instances/{id}", new { });
        (await nodes.A.Http.DeleteAsync($"/elsa/api/workflow-instances/{id}")).IsSuccessStatusCode.Should().BeTrue();

        await ServerUnderTest.Post(nodes.B.Http, "/elsa/api/events/one-each-end/trigger", new { workflowInstanceId = id });
        await nodes.B.Http.PostAsync($"/elsa/api/cancel/workflow-instances/{id}", null);

        await nodes.Until(async () => await nodes.Ask<long>("SELECT count(*) FROM mailbox_event WHERE state = 0") == 0, "everything to be turned");
        (await nodes.Ask<long>($"SELECT count(*) FROM instance WHERE id = '{id}'")).Should().Be(0);
    }

    [SkippableFact]
    public async Task Runs_of_a_node_that_is_killed_go_on_at_the_other_one_each_once_4819_4833()
    {
        await nodes.Begin();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => RunNodes.Start(nodes.A, "sleeps")));

        await nodes.A.Kill();
        try
        {
            await nodes.Until(async () => await nodes.Count("sleeps", Finished) == 40, "all to wake at the other node");
            (await nodes.Ask<long>("SELECT count(*) FROM journal j JOIN instance i ON i.id = j.instance_id WHERE i.definition_id = 'sleeps' AND convert_from(j.json, 'UTF8') LIKE '%\"console\":[\"awake\"]%'"))
                .Should().Be(40, "a burst that was committed is never done again");
        }
        finally
        {
            await nodes.Again(nodes.A);
        }
    }
}
