using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;
using FlowEngine.Engine.Timers;
using FlowEngine.Engine.Turns;
using FlowEngine.Tests.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowEngine.Tests.Tasks;

public sealed class TaskLoopTests : IDisposable
{
    private readonly TestEngine engine = new();
    private readonly ScriptedHandler handler = new();
    private readonly Drain still;
    private readonly TaskOptions options = new() { Parallel = 2 };
    private int serial;

    public TaskLoopTests()
    {
        // Turns are the test's to run.
        still = new Drain(engine.Runner, engine.Sender, engine.Options, engine.Clock, NullLogger<Drain>.Instance);
        still.Stop();
    }

    [Fact]
    public async Task The_result_of_a_task_is_an_event_of_its_mailbox_under_the_epoch_it_was_asked_under()
    {
        var (loop, task) = (Loop(), await Asked());
        await loop.Look(default);
        await handler.Begun(task);
        (await Results(task)).Should().BeEmpty();

        handler.End(task, "{}");
        await loop.Quiet();

        (await Results(task)).Should().Equal(new TaskCompleted(task.Id, task.Instance, task.Bookmark, task.Epoch, "{}"));
    }

    [Fact]
    public async Task No_more_is_taken_than_there_is_room_for()
    {
        var (loop, first, second, third) = (Loop(), await Asked(), await Asked(), await Asked());
        await loop.Look(default);
        await loop.Look(default);
        engine.Running.Count.Should().BeLessThanOrEqualTo(2);
        await Task.WhenAll(handler.Begun(first), handler.Begun(second));

        handler.End(first, "{}");
        handler.End(second, "{}");
        await loop.Quiet();
        await loop.Look(default);

        await handler.Begun(third);
    }

    [Fact]
    public async Task Withdrawn_work_ends_at_once_and_leaves_no_event()
    {
        var (loop, task) = (Loop(), await Asked());
        await loop.Look(default);
        await handler.Begun(task);

        engine.Running.Withdraw(task.Instance, task.Bookmark);
        await loop.Quiet();

        (await Results(task)).Should().BeEmpty();
    }

    [Fact]
    public async Task Work_that_another_node_withdrew_ends_when_it_is_renewed()
    {
        var (loop, task) = (Loop(), await Asked());
        await loop.Look(default);
        await handler.Begun(task);
        await Commit(task.Mailbox, c => c with { TasksEnded = [new TaskEnd(task.Instance, task.Bookmark, Stale: false)] });

        engine.Clock.Advance(options.Lease / 2);
        await loop.Look(default);
        await loop.Quiet();

        (await Results(task)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_worker_that_lives_keeps_its_task_however_long_it_takes_and_a_dead_one_s_is_taken_by_another()
    {
        var (loop, task, other) = (Loop(), await Asked(), Loop());
        await loop.Look(default);
        await handler.Begun(task);
        for (var i = 0; i < 10; i++)
        {
            engine.Clock.Advance(options.Lease / 2);
            await loop.Look(default);
            await other.Look(default);
        }

        engine.Running.Count.Should().Be(1);

        // The first dies: it renews nothing any more.
        engine.Clock.Advance(options.Lease);
        (await engine.Store.TakeTasks("other", engine.Clock.GetUtcNow(), engine.Clock.GetUtcNow() + options.Lease, 9, default)).Should().ContainSingle().Which.Attempts.Should().Be(2);
    }

    [Fact]
    public async Task Two_workers_that_both_did_it_leave_one_result()
    {
        var (loop, task, other) = (Loop(), await Asked(), Loop());
        await loop.Look(default);
        await handler.Begun(task);
        engine.Clock.Advance(options.Lease);
        await other.Look(default);

        handler.End(task, "{}");
        await Task.WhenAll(loop.Quiet(), other.Quiet());

        (await Results(task)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_defect_and_a_task_over_which_processes_die_again_and_again_end_with_a_reason()
    {
        var (loop, thrown) = (Loop(), await Asked());
        await loop.Look(default);
        handler.Throw(thrown);
        await loop.Quiet();
        (await Results(thrown)).Should().ContainSingle().Which.Result.Should().Contain("InvalidOperationException");

        var deadly = await Asked();
        for (var i = 0; i < options.Attempts; i++)
        {
            await engine.Store.TakeTasks($"dead{i}", engine.Clock.GetUtcNow(), engine.Clock.GetUtcNow() + options.Lease, 9, default);
            engine.Clock.Advance(options.Lease);
        }

        await loop.Look(default);
        await loop.Quiet();
        (await Results(deadly)).Should().ContainSingle().Which.Result.Should().Contain("begun 3 times");
    }

    public void Dispose()
    {
        still.Dispose();
        engine.Running.Dispose();
    }

    private TaskLoop Loop() => new(
        engine.Store, new Intake(engine.Store, still, new DueSignal(), engine.Clock), [handler], engine.Running, options, NodeId.New("loop", engine.Ids), engine.Ids, engine.Clock, NullLogger<TaskLoop>.Instance);

    private async Task<ExternalTask> Asked()
    {
        var mailbox = await engine.LeadWrites("Hola", $"3460000{++serial:D4}");
        var task = new ExternalTask(engine.Ids.Next(), mailbox, engine.Ids.Next(), "run.2.1", "model", 5, [1], engine.Clock.GetUtcNow(), engine.Clock.GetUtcNow().AddMinutes(1));
        await Commit(mailbox, c => c with { TasksAdded = [task] });
        return task;
    }

    private async Task Commit(Guid mailbox, Func<Checkpoint, Checkpoint> with)
    {
        var load = await engine.Look(mailbox);
        (await engine.Store.Commit(with(new Checkpoint { Mailbox = mailbox, ExpectedVersion = load.MailboxVersion, Now = engine.Clock.GetUtcNow() }), default)).Should().BeTrue();
    }

    private async Task<IReadOnlyList<TaskCompleted>> Results(ExternalTask task) =>
        [.. (await engine.Look(task.Mailbox)).Events.Select(e => e.Event).OfType<TaskCompleted>()];
}
