using FlowEngine.Conversations;
using FlowEngine.Engine.Ai;
using FlowEngine.Engine.Tasks;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>
/// A step that waits for a language model. The work runs outside of the turn; the run waits at a bookmark that the result resumes, or its
/// timer when nothing comes. What goes wrong is never silence: without a way on from the outcome the step hands off by itself.
/// </summary>
public abstract class AiActivity : ConversationActivity
{
    protected const string NotSure = "NotSure";

    protected const string Failed = "Failed";

    /// <summary>How much longer than the work itself the run waits, so that a result of the last moment still counts.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    protected static IReadOnlyList<InputDescriptor> Fallback { get; } =
    [
        Editors.Duration("Timeout", "Wait at most", "Time for the model with its repetitions, as 00:01:00 (the default). Then Failed follows."),
        Editors.OfCompany("Department", "Department", "Who goes on when the assistant cannot. Empty: the department chosen before, else the connection's.", "departments"),
        Editors.Text("HandOffWords", "Words before", "What the lead reads when NotSure or Failed is not connected and people take over, such as: Te paso con una persona del equipo."),
    ];

    protected static IReadOnlyList<OutputDescriptor> Explained { get; } =
    [
        new OutputDescriptor("Decision", "String", "Decision", "Answer, Ask, StaySilent, HandOff, Done, NotSure or Failed."),
        new OutputDescriptor("Reason", "String", "Reason", "Why not: Slow, RateLimited, Unavailable, OverBudget, noSources …, or the model's own words."),
        new OutputDescriptor("Summary", "String", "Summary", "What a person should know, when the model wants one."),
    ];

    /// <summary>Waits for the work; the answer of the step's execution.</summary>
    protected static ActivityResult Ask(ActivityContext context, ConversationScope scope, AiJob job)
    {
        var patience = context.Input<TimeSpan?>("Timeout") is { } own && own > TimeSpan.Zero ? own : DefaultTimeout;
        var deadline = scope.Now + patience;
        var bookmark = context.CreateBookmark(ExternalTask.BookmarkName, dueAt: deadline + Grace);
        scope.Ask(AiJob.TaskKind, bookmark, job.Write(), deadline);
        return ActivityResult.Suspended;
    }

    protected sealed override ActivityResult Resume(ActivityContext context, ConversationScope scope, object? input)
    {
        if (scope.Message is not null)
        {
            return LeadWrote(context, scope);
        }

        return input switch
        {
            null => TimeIsOver(context, scope),
            "" => Again(context, scope),
            string json => End(context, scope, AiResult.Read(json)),
            _ => throw new InvalidOperationException("A model's result is JSON text."),
        };
    }

    /// <summary>The result is there.</summary>
    protected abstract ActivityResult Finish(ActivityContext context, ConversationScope scope, AiResult result);

    /// <summary>Control has come back, and what had been asked is gone with the old grant.</summary>
    protected abstract ActivityResult Again(ActivityContext context, ConversationScope scope);

    /// <summary>The lead wrote while the step waited; only a step that waits for it is told.</summary>
    protected virtual ActivityResult LeadWrote(ActivityContext context, ConversationScope scope) => ActivityResult.Suspended;

    /// <summary>No result came at all: the work's own deadline is long past.</summary>
    protected virtual ActivityResult TimeIsOver(ActivityContext context, ConversationScope scope) =>
        End(context, scope, AiResult.Failed(ModelFailure.Slow, "No result came in time."));

    private ActivityResult End(ActivityContext context, ConversationScope scope, AiResult result)
    {
        context.SetOutput("Decision", result.Decision.ToString());
        context.SetOutput("Reason", result.Reason);
        context.SetOutput("Summary", result.Summary);
        context.Note("Model", result.Detail is null ? $"{result.Decision}: {result.Reason}" : $"{result.Decision}: {result.Reason}. {result.Detail}");
        return result.Decision switch
        {
            AiDecision.Failed => NotHelped(context, scope, Failed, result),
            AiDecision.NotSure or AiDecision.HandOff => NotHelped(context, scope, NotSure, result),
            _ => Finish(context, scope, result),
        };
    }

    /// <summary>Never silence (race R77): the flow's own way on, else people with the reason, else the run ends and its lead waits for people.</summary>
    private static ActivityResult NotHelped(ActivityContext context, ConversationScope scope, string outcome, AiResult result)
    {
        if (!context.HasConnection(outcome) && DepartmentFor(context, scope, result) is { } department)
        {
            var words = context.Input<string>("HandOffWords")?.Trim();
            var farewell = string.IsNullOrEmpty(words) ? null : new SendEffect(MessageContent.OfText(words), Choose.WhenUnknown(context), context.ActivityId);
            var reason = result.Decision == AiDecision.HandOff ? result.Reason : $"The assistant could not answer: {result.Detail ?? result.Reason}";
            scope.HandOff(new HandOffEffect(new Target(department, null), HandOffMode.Waiting, reason, result.Summary, context.ActivityId), farewell);
        }

        return ActivityResult.Outcome(outcome);
    }

    private static string? DepartmentFor(ActivityContext context, ConversationScope scope, AiResult result)
    {
        string?[] candidates = [result.Department, context.Input<string>("Department")?.Trim(), scope.Conversation.Department, scope.Connection.Department];
        return candidates.FirstOrDefault(key => !string.IsNullOrEmpty(key) && scope.Staff.Departments.TryGetValue(key, out var entry) && entry.Active);
    }
}
