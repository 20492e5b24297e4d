using FlowEngine.Conversations;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>
/// A node that speaks with a lead or works on its conversation. It wants things of the <see cref="ConversationScope"/> that hosts its
/// burst; in a run without a conversation it faults (decision 1).
/// </summary>
public abstract class ConversationActivity : Activity
{
    /// <summary>Every conversation activity, for the <see cref="ActivityCatalog"/>.</summary>
    public static IReadOnlyList<Activity> All { get; } =
    [
        new ConversationStarted(), new MessageReceived(), new SendMessage(), new AskQuestion(), new SetLeadField(), new AddLabel(), new RemoveLabel(),
        new Qualify(), new RouteTo(), new BusinessHours(), new HandOff(), new Finalize(), new OptOut(),
        new AiReply(), new AiClassify(), new AiExtract(),
    ];

    public sealed override ActivityResult Execute(ActivityContext context) =>
        context.Host is ConversationScope scope ? Execute(context, scope) : WithoutConversation();

    public sealed override ActivityResult Resume(ActivityContext context, Bookmark bookmark, object? input) =>
        context.Host is ConversationScope scope ? Resume(context, scope, input) : WithoutConversation();

    protected abstract ActivityResult Execute(ActivityContext context, ConversationScope scope);

    protected virtual ActivityResult Resume(ActivityContext context, ConversationScope scope, object? input) => ActivityResult.Done;

    /// <summary>What the domain refuses faults the activity with the domain's words.</summary>
    protected static ActivityResult Refused(Refusal refusal) => ActivityResult.Fault(refusal.Code, refusal.Message, "automation");

    /// <summary>An input that makes no sense: the definition must be repaired.</summary>
    protected static ActivityResult BadInput(string input, string message) => ActivityResult.Fault("invalidInput", $"{input}: {message}", "automation");

    private ActivityResult WithoutConversation() => ActivityResult.Fault(
        "noConversation",
        $"'{Descriptor.DisplayName}' needs a conversation, and this run has none. Start the flow by a lead's message, a form or the leads API.",
        "automation");
}
