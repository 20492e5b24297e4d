using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>Starts a flow by a lead's message; in the middle of a flow it waits for the lead's next fitting message.</summary>
public sealed class MessageReceived : ConversationActivity
{
    private const string Timeout = "Timeout";

    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "FlowEngine.MessageReceived",
        Category = Editors.Category,
        DisplayName = "Message received",
        Description = "Starts the flow when a lead writes. In the middle of a flow it waits for the lead's next message that fits the keywords.",
        Kind = ActivityKind.Trigger,
        Inputs =
        [
            Editors.OfCompany("Connection", "Connection", "Only messages of this connection; empty means all.", "connections"),
            Editors.Strings("Keywords", "Keywords", "Words or phrases to look for; accents and capitals do not matter."),
            Editors.Pick("Match", "Compare", "How the message is compared with the keywords.", nameof(KeywordMatch.Any),
                (nameof(KeywordMatch.Any), "Any message"), (nameof(KeywordMatch.Contains), "Contains a keyword"),
                (nameof(KeywordMatch.Exact), "Is exactly a keyword"), (nameof(KeywordMatch.Starts), "Starts with a keyword")),
            Editors.Flag("FirstOnly", "First message only", "Starts the flow only by the first message that the lead ever writes. Without meaning in the middle of a flow."),
            Editors.Pick("Source", "Lead came by", "Only leads that came this way.", StartRules.AnySource,
                (StartRules.AnySource, "Any way"), ("message", "A message"), ("ad", "An advertisement"), ("form", "A form"), ("import", "An import"), ("api", "An integration")),
            Editors.Duration("Timeout", "Wait at most", "In the middle of a flow: silence after which Timeout follows, as days.hours:minutes:seconds. Empty waits for ever."),
        ],
        Outputs =
        [
            new OutputDescriptor("Result", "String", "Text", "What the lead wrote."),
            new OutputDescriptor("ChoiceId", "String", "Tapped id", "Id of the button or row that the lead tapped, if any."),
        ],
        Outcomes = ["Done", Timeout],
    };

    protected override ActivityResult Execute(ActivityContext context, ConversationScope scope) =>
        context.IsTrigger ? Received(context, scope) : WaitOn(context);

    protected override ActivityResult Resume(ActivityContext context, ConversationScope scope, object? input)
    {
        if (scope.Message is not { } message)
        {
            return ActivityResult.Outcome(Timeout);
        }

        var keywords = context.Input<List<string>>("Keywords") ?? [];
        var fits = Keywords.Fit(message.Content.Text, keywords, Keywords.MatchOf(context.Input<string>("Match")));
        return fits ? Received(context, scope) : WaitOn(context);
    }

    private static ActivityResult WaitOn(ActivityContext context)
    {
        WaitForLead.Begin(context, context.Input<TimeSpan?>(Timeout));
        return ActivityResult.Suspended;
    }

    private static ActivityResult Received(ActivityContext context, ConversationScope scope)
    {
        context.SetOutput("Result", scope.Message?.Content.Text ?? "");
        context.SetOutput("ChoiceId", scope.Message?.Content.ChoiceId);
        return ActivityResult.Done;
    }
}
