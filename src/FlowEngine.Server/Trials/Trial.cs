using System.Collections.Immutable;
using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Outbox;

namespace FlowEngine.Server.Trials;

/// <summary>
/// One flow with one lead who does not exist, in an engine of its own that is only memory: the real turns, the real interpreter, and nothing that
/// reaches anybody unless that is wanted (<see cref="Outside"/>). It ends with who holds it. Its verbs are one after the other, and each returns when nothing more is due.
/// </summary>
public sealed class Trial : IDisposable
{
    // A flow that talks with itself for ever is stopped here; the budget of a burst stops it long before.
    private const int MostSteps = 2_000;

    private readonly TrialEngine engine;
    private readonly TrialWork work;
    private readonly SemaphoreSlim gate = new(1);
    private readonly CancellationTokenSource over = new();
    private readonly List<(Guid Mailbox, SendSettled Settled)> settled = [];
    private Guid? conversation;

    internal Trial(TrialEngine engine, TrialWork work, string name, bool modelIsOutside) => (this.engine, this.work, Name, ModelIsOutside) = (engine, work, name, modelIsOutside);

    /// <summary>Of the flow.</summary>
    public string Name { get; }

    /// <summary>Whether a language model is configured, which is asked only when that is wanted.</summary>
    public bool ModelIsOutside { get; }

    /// <summary>What becomes of work outside from now on.</summary>
    public TrialOutside Outside { get; set; } = new();

    /// <summary>The lead writes; with <paramref name="choice"/> it taps that button or row.</summary>
    public Task<TrialView> Write(string text, string? choice = null) => Then(async now =>
    {
        var id = engine.Ids.Next();
        var content = choice is null ? MessageContent.OfText(text) : new MessageContent { Kind = "reply", Text = text, ChoiceId = choice };
        await Append(new NewEvent(id, $"trial:{id:N}", new LeadMessage($"trial.{id:N}", now, content, TrialEngine.LeadName)) { Address = engine.Lead });
    });

    /// <summary>The lead comes by a form, without having written.</summary>
    public Task<TrialView> Arrive() => Then(async _ =>
    {
        var id = engine.Ids.Next();
        var created = new LeadCreated("form", TrialEngine.LeadName, ImmutableSortedDictionary<string, string>.Empty);
        await Append(new NewEvent(id, $"trial:{id:N}", created) { Address = engine.Lead });
    });

    /// <summary>Time passes for this trial alone, and what was due in it happens.</summary>
    public Task<TrialView> Pass(TimeSpan time) => Then(_ =>
    {
        engine.Clock.Pass(time);
        return Task.CompletedTask;
    });

    /// <summary>How it stands, after what has become due by itself meanwhile.</summary>
    public Task<TrialView> Look() => Then(_ => Task.CompletedTask);

    /// <summary>Also stops what it is waiting for outside.</summary>
    public void Dispose()
    {
        over.Cancel();
        over.Dispose();
        gate.Dispose();
    }

    private async Task Append(NewEvent entry) => conversation = (await engine.Store.Append([entry], engine.Clock.GetUtcNow(), CancellationToken.None))[0].Mailbox;

    private async Task<TrialView> Then(Func<DateTimeOffset, Task> happens)
    {
        var ended = over.Token;
        await gate.WaitAsync(ended);
        try
        {
            await happens(engine.Clock.GetUtcNow());
            for (var steps = 0; steps < MostSteps && (await Turn() || await Answer(ended)); steps++)
            {
                // Until nothing is due.
            }

            return await TrialView.Of(engine, conversation) with { Requests = work.Requests };
        }
        finally
        {
            if (!ended.IsCancellationRequested)
            {
                gate.Release();
            }
        }
    }

    /// <summary>One turn of something that is due, with the send that it releases; false when nothing is.</summary>
    private async Task<bool> Turn()
    {
        var due = settled.Count > 0 ? [settled[0].Mailbox] : await engine.Store.FindDue(engine.Clock.GetUtcNow(), 1, CancellationToken.None);
        if (due.Count == 0)
        {
            return false;
        }

        var mine = settled.Where(s => s.Mailbox == due[0]).ToList();
        settled.RemoveAll(mine.Contains);
        var turned = await engine.Runner.Run(due[0], [.. mine.Select(s => s.Settled)], CancellationToken.None);
        if (turned.Released is { } message && await engine.Sender.Call(turned.Connection, turned.Contact!, message, turned.Cause, CancellationToken.None) is { } outcome)
        {
            settled.Add((due[0], outcome));
        }

        return true;
    }

    /// <summary>One piece of work outside, as it is wanted; false when the flow waits for none.</summary>
    private async Task<bool> Answer(CancellationToken ended)
    {
        var now = engine.Clock.GetUtcNow();
        if (await engine.Store.TakeTasks("trial", now, now + TimeSpan.FromMinutes(1), 1, CancellationToken.None) is not [var taken])
        {
            return false;
        }

        var (task, result) = (taken.Task, await work.Do(taken, Outside, ended));
        await engine.Store.Append(
            [new NewEvent(engine.Ids.Next(), $"task:{task.Id:N}", new TaskCompleted(task.Id, task.Instance, task.Bookmark, task.Epoch, result.Json, result.Suggestion)) { ConversationId = task.Mailbox }],
            engine.Clock.GetUtcNow(), CancellationToken.None);
        return true;
    }
}
