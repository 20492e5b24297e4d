using FlowEngine.Conversations;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>Closes the episode, with a farewell if wanted. The run ends with it, its other branches too.</summary>
public sealed class Finalize : ConversationActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "FlowEngine.Finalize",
        Category = Editors.Category,
        DisplayName = "Finalize conversation",
        Description = "Says farewell if wanted and closes the conversation: it moves to Finished and the run ends. A later message of the lead opens it again.",
        IsTerminal = true,
        Inputs =
        [
            Editors.Text("Words", "Farewell", "What the lead reads last; empty says nothing."),
            Editors.Line("Reason", "Reason", "Why it is closed, for people and reports."),
            Editors.WhenUnknown,
        ],
    };

    protected override ActivityResult Execute(ActivityContext context, ConversationScope scope)
    {
        var words = context.Input<string>("Words")?.Trim();
        var farewell = string.IsNullOrEmpty(words) ? null : new SendEffect(MessageContent.OfText(words), Choose.WhenUnknown(context), context.ActivityId);
        return scope.Finalize(new FinalizeEffect(context.Input<string>("Reason")?.Trim(), context.ActivityId), farewell) is { } refusal
            ? Refused(refusal)
            : ActivityResult.EndOfRun;
    }
}
