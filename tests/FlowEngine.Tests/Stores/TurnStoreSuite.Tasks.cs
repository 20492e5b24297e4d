using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;

namespace FlowEngine.Tests.Stores;

public abstract partial class TurnStoreSuite
{
    private static readonly DateTimeOffset Until = Start.AddSeconds(60);

    [SkippableFact]
    public async Task A_task_is_taken_once_by_one_worker_oldest_first_and_comes_back_as_it_was_written()
    {
        var mailbox = await NewConversation();
        var (newer, older) = (TaskOf(mailbox, "b2", Start.AddSeconds(2)), TaskOf(mailbox, "b1", Start.AddSeconds(1)));
        await Turn(mailbox, (_, c) => c with { TasksAdded = [newer, older] });

        (await Take("a", limit: 1)).Should().ContainSingle().Which.Should().BeEquivalentTo(new TakenTask(older, 1));
        (await Take("b")).Should().ContainSingle().Which.Task.Should().BeEquivalentTo(newer);
        (await Take("c")).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_task_whose_worker_lets_its_time_run_out_is_taken_again_and_one_that_is_renewed_is_not()
    {
        var mailbox = await NewConversation();
        var (lost, kept) = (TaskOf(mailbox, "b1"), TaskOf(mailbox, "b2"));
        await Turn(mailbox, (_, c) => c with { TasksAdded = [lost, kept] });
        await Take("a");

        (await Store.KeepTasks("a", [kept.Id], Until.AddSeconds(60), CancellationToken.None)).Should().Equal(kept.Id);
        (await Take("b", Until.AddSeconds(-1))).Should().BeEmpty();
        (await Take("b", Until)).Should().ContainSingle().Which.Should().BeEquivalentTo(new TakenTask(lost, 2));
        (await Store.KeepTasks("a", [lost.Id, kept.Id], Until.AddSeconds(120), CancellationToken.None)).Should().Equal([kept.Id], "the other one is somebody else's now");
    }

    [SkippableFact]
    public async Task A_task_that_its_turn_withdraws_is_gone_and_a_stale_one_stays_with_its_worker_only()
    {
        var mailbox = await NewConversation();
        var (withdrawn, stale) = (TaskOf(mailbox, "b1"), TaskOf(mailbox, "b2"));
        await Turn(mailbox, (_, c) => c with { TasksAdded = [withdrawn, stale] });
        await Take("a");

        await Turn(mailbox, (_, c) => c with { TasksEnded = [new TaskEnd(withdrawn.Instance, "b1", Stale: false), new TaskEnd(stale.Instance, "b2", Stale: true)] });

        (await Store.KeepTasks("a", [withdrawn.Id, stale.Id], Until, CancellationToken.None)).Should().Equal(stale.Id);
        (await Take("b", Start.AddHours(1))).Should().BeEmpty("nobody may begin work again that is not wanted any more");
    }

    [SkippableFact]
    public async Task A_stale_task_that_nobody_had_begun_is_gone()
    {
        var mailbox = await NewConversation();
        var task = TaskOf(mailbox, "b1");
        await Turn(mailbox, (_, c) => c with { TasksAdded = [task] });
        await Turn(mailbox, (_, c) => c with { TasksEnded = [new TaskEnd(task.Instance, "b1", Stale: true)] });
        await Turn(mailbox, (_, c) => c with { TasksAdded = [task with { Id = Ids.Next() }] });

        (await Take("a")).Should().ContainSingle("its place at the bookmark is free again");
    }

    [SkippableFact]
    public async Task A_task_of_a_lost_commit_was_never_written()
    {
        var mailbox = await NewConversation();
        (await Turn(mailbox, (_, c) => c with { ExpectedVersion = 99, TasksAdded = [TaskOf(mailbox, "b1")] })).Should().BeFalse();

        (await Take("a")).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_start_frees_what_a_dead_process_had_taken_and_forgets_what_was_stale()
    {
        var mailbox = await NewConversation();
        var (taken, stale) = (TaskOf(mailbox, "b1"), TaskOf(mailbox, "b2"));
        await Turn(mailbox, (_, c) => c with { TasksAdded = [taken, stale] });
        await Take("dead");
        await Turn(mailbox, (_, c) => c with { TasksEnded = [new TaskEnd(stale.Instance, "b2", Stale: true)] });

        await Store.TakeOver(Start, Start, CancellationToken.None);

        (await Take("new")).Should().ContainSingle().Which.Should().BeEquivalentTo(new TakenTask(taken, 2));
    }

    [SkippableFact]
    public async Task The_result_of_a_task_comes_back_as_an_event_and_at_most_once()
    {
        var mailbox = await NewConversation();
        var completed = new TaskCompleted(Ids.Next(), Ids.Next(), "run.4.1", 3, """{"text":"Sí, hasta las 20 h \"hoy\""}""", "Sí");
        NewEvent Result() => new(Ids.Next(), "task:1", completed) { ConversationId = mailbox };

        (await Append(Result(), Result())).Select(r => r.Status).Should().Equal(AppendStatus.Appended, AppendStatus.Duplicate);
        (await Load(mailbox)).Events[^1].Event.Should().Be(completed);
    }

    [SkippableFact]
    public async Task The_thread_is_the_newest_of_the_present_episode_without_notes_oldest_first()
    {
        var mailbox = await NewConversation();
        var messages = Enumerable.Range(1, 5).Select(i => Outgoing(mailbox, i, MessageState.Accepted, $"m{i}")).ToList();
        messages[0] = messages[0] with { Episode = 7 };
        messages[3] = messages[3] with { Direction = MessageDirection.Note };
        await Turn(mailbox, (_, c) => c with { NewMessages = messages });

        var thread = (await Store.ReadThread(mailbox, 2, CancellationToken.None))!;
        thread.Messages.Should().BeEquivalentTo([messages[2], messages[4]], o => o.WithStrictOrdering());
        thread.HandedBackAt.Should().BeNull();
        thread.Conversation.Id.Should().Be(mailbox);
        (await Store.ReadThread(Ids.Next(), 2, CancellationToken.None)).Should().BeNull();
    }

    [SkippableFact]
    public async Task The_thread_says_when_people_last_gave_it_to_a_flow()
    {
        var mailbox = await NewConversation();
        var back = Entry("released") with { At = Start.AddMinutes(3) };
        var toQueue = back with { At = Start.AddMinutes(9), To = Owner.Queue("ventas", "Ventas") };
        await Turn(mailbox, (_, c) => c with { History = [back with { At = Start.AddMinutes(1) }, back, toQueue] });

        (await Store.ReadThread(mailbox, 2, CancellationToken.None))!.HandedBackAt.Should().Be(back.At);
    }

    private async Task<IReadOnlyList<TakenTask>> Take(string by, DateTimeOffset? now = null, int limit = 10) =>
        await Store.TakeTasks(by, now ?? Start, (now ?? Start) + (Until - Start), limit, CancellationToken.None);

    private ExternalTask TaskOf(Guid mailbox, string bookmark, DateTimeOffset? at = null) =>
        new(Ids.Next(), mailbox, Ids.Next(), bookmark, "model", 4, [0, 1, 255], at ?? Start, Start.AddMinutes(1));
}
