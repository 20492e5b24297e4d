using FlowEngine.Engine.Tasks;
using FlowEngine.Engine.Turns;
using Microsoft.Extensions.Logging;

namespace FlowEngine.Engine.Ai;

/// <summary>
/// Work of the kind <c>model</c>: reads the conversation, looks up what the company knows, asks, checks, and notes the cost. While the model
/// thinks, it holds neither turn nor connection. Logs say how it went, never what was said.
/// </summary>
public sealed class ModelWork(
    ITurnStore store, IKnowledge knowledge, IChatModel model, IModelLedger ledger, AiOptions options, TimeProvider clock, ILogger<ModelWork> log) : ITaskHandler
{
    public string Kind => AiJob.TaskKind;

    public async ValueTask<TaskResult> Work(TakenTask taken, CancellationToken cancel)
    {
        var job = AiJob.Read(taken.Task.Payload);
        if (await store.ReadThread(taken.Task.Mailbox, job.Messages, cancel) is not { } thread)
        {
            return GiveUp(taken, "There is no such conversation.");
        }

        var began = clock.GetUtcNow();
        var episode = thread.Conversation.Episode;
        var talk = new ModelTalk(model, options, clock, taken.Task.Deadline);
        var result = await OverBudget(job, taken.Task.Mailbox, episode, began, cancel) ?? await Ask(job, Transcript.Of(thread), talk, cancel);
        var took = clock.GetUtcNow() - began;
        await ledger.Record(
            new ModelUse(taken.Task.Id, taken.Task.Mailbox, episode, job.Purpose, talk.Model, began, talk.Calls, talk.InputTokens, talk.OutputTokens, talk.Cost, took, Word(result)),
            CancellationToken.None);
        log.LogInformation(
            "Model work {Task} ({Purpose}) ended with {Outcome} after {Calls} calls and {Milliseconds} ms: {Input} + {Output} tokens of {Model}",
            taken.Task.Id, job.Purpose, Word(result), talk.Calls, (int)took.TotalMilliseconds, talk.InputTokens, talk.OutputTokens, talk.Model);
        return Told(result);
    }

    public TaskResult GiveUp(TakenTask taken, string why) => Told(AiResult.Failed(ModelFailure.Unavailable, why));

    private async ValueTask<AiResult> Ask(AiJob job, Transcript talk, ModelTalk model, CancellationToken cancel)
    {
        switch (job.Purpose)
        {
            case AiPurpose.Classify:
                return await model.Run(Classifying.Request(job, talk), call => Classifying.Read(call, job), cancel);
            case AiPurpose.Extract:
                return await model.Run(Extracting.Request(job, talk), call => Extracting.Read(call, job, talk), cancel);
            case AiPurpose.Reply when talk.AnsweredByPerson:
                return new AiResult(AiDecision.StaySilent) { Reason = "A person has answered." };
            default:
                IReadOnlyList<Passage> passages = job.Knowledge && talk.Question.Length > 0 ? await knowledge.Find(talk.Question, null, job.Passages, cancel) : [];
                return await model.Run(Replying.Request(job, talk, passages), call => Replying.Read(call, job, talk, passages), cancel);
        }
    }

    /// <summary>Calls that are under way are not counted yet, so a budget may be passed by as many.</summary>
    private async ValueTask<AiResult?> OverBudget(AiJob job, Guid conversation, int episode, DateTimeOffset now, CancellationToken cancel)
    {
        var spent = await ledger.Spent(conversation, episode, new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero), cancel);
        if (job is { Purpose: AiPurpose.Reply, MaxTurns: > 0 } && spent.Replies >= job.MaxTurns)
        {
            return AiResult.Failed(ModelFailure.TurnCap, $"The assistant has answered {spent.Replies} times in this episode.");
        }

        return options.ConversationTokens > 0 && spent.Tokens >= options.ConversationTokens ? AiResult.Failed(ModelFailure.OverBudget, "The conversation's budget is used up.")
            : options.DailyTokens > 0 && spent.DayTokens >= options.DailyTokens ? AiResult.Failed(ModelFailure.OverBudget, "The day's budget of tokens is used up.")
            : options.DailyCost > 0 && spent.DayCost >= options.DailyCost ? AiResult.Failed(ModelFailure.OverBudget, "The day's budget is used up.")
            : null;
    }

    private static TaskResult Told(AiResult result) => new(result.Write(), result.Decision is AiDecision.Answer or AiDecision.Ask ? result.Text : null);

    private static string Word(AiResult result) => result.Decision is AiDecision.Failed ? result.Reason! : result.Decision.ToString();
}
