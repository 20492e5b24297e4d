using FlowEngine.Conversations;
using FlowEngine.Engine.Ai;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>
/// Answers the lead by a language model, from the knowledge base. It gathers what the lead writes in a quiet period; when the lead writes
/// again while the model thinks, one answer goes to all of it.
/// </summary>
public sealed class AiReply : AiActivity
{
    private const string Answered = "Answered";

    /// <summary>Until when fragments may put the question off; bounded, so that a lead who never stops is answered too.</summary>
    private const string QuietUntil = "quietUntil";

    private const int QuietPeriods = 4;

    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "FlowEngine.AiReply",
        Category = Editors.Category,
        DisplayName = "AI reply",
        Description = "Answers the lead by a language model, from the articles of the knowledge base; without a model it quotes the best article. Answered: it answered, asked back, or nothing had to be said. NotSure and Failed hand off to people with the reason when they are not connected.",
        Inputs =
        [
            Editors.Text("Instructions", "Instructions", "Who the company is, its tone, what to do and what not. Written to the model; the lead never sees it."),
            Editors.Flag("Knowledge", "Only from articles", "Answers must be drawn from the knowledge base and name their articles.", initial: true),
            Editors.Number("Passages", "Passages", "How many passages of articles the model sees.", 4),
            Editors.Number("Messages", "Messages", "How many messages of this episode the model sees.", 12),
            Editors.Number("MaxTurns", "Replies at most", "Replies of the assistant in one episode; then Failed follows. 0 is no bound.", 12),
            Editors.Number("QuietSeconds", "Quiet seconds", "Waits until the lead has written nothing for so long, and takes all of it as one question.", 0),
            .. Fallback,
            Editors.WhenUnknown,
        ],
        Outputs =
        [
            new OutputDescriptor("Result", "String", "Text", "What the lead was told."),
            new OutputDescriptor("Sources", "Object", "Sources", "Titles of the articles it is drawn from."),
            .. Explained,
        ],
        Outcomes = [Answered, NotSure, Failed],
    };

    protected override ActivityResult Execute(ActivityContext context, ConversationScope scope) =>
        scope.Message is null ? Ask(context, scope) : Gather(context, scope);

    protected override ActivityResult LeadWrote(ActivityContext context, ConversationScope scope) => Gather(context, scope);

    protected override ActivityResult Again(ActivityContext context, ConversationScope scope) => Ask(context, scope);

    protected override ActivityResult TimeIsOver(ActivityContext context, ConversationScope scope) =>
        context.State.ContainsKey(QuietUntil) ? Ask(context, scope) : base.TimeIsOver(context, scope);

    protected override ActivityResult Finish(ActivityContext context, ConversationScope scope, AiResult result)
    {
        if (result.Text is { } text)
        {
            scope.Send(MessageContent.OfText(text), Choose.WhenUnknown(context), context.ActivityId, AuthorKind.Ai);
        }

        context.SetOutput("Result", result.Text);
        context.SetOutput("Sources", result.Sources);
        return ActivityResult.Outcome(Answered);
    }

    private static ActivityResult Gather(ActivityContext context, ConversationScope scope)
    {
        var quiet = TimeSpan.FromSeconds(Math.Max(0, context.Input<int>("QuietSeconds")));
        if (quiet == TimeSpan.Zero)
        {
            return Ask(context, scope);
        }

        var latest = context.State.TryGetValue(QuietUntil, out var kept) && kept is long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : scope.Now + (quiet * QuietPeriods);
        if (scope.Now >= latest)
        {
            return Ask(context, scope);
        }

        context.State[QuietUntil] = latest.UtcTicks;
        context.DropBookmarks();
        var silence = latest - scope.Now < quiet ? latest - scope.Now : quiet;
        WaitForLead.Begin(context, silence);
        return ActivityResult.Suspended;
    }

    private static ActivityResult Ask(ActivityContext context, ConversationScope scope)
    {
        context.State.Remove(QuietUntil);
        context.DropBookmarks();
        WaitForLead.Begin(context);
        return Ask(context, scope, new AiJob
        {
            Purpose = AiPurpose.Reply,
            Instructions = context.Input<string>("Instructions")?.Trim() ?? "",
            Knowledge = context.Input<bool>("Knowledge"),
            Passages = Math.Clamp(context.Input<int>("Passages"), 1, 10),
            Messages = Math.Clamp(context.Input<int>("Messages"), 1, 50),
            MaxTurns = Math.Max(0, context.Input<int>("MaxTurns")),
            Departments = [.. scope.Staff.Departments.Values.Where(d => d.Active).OrderBy(d => d.Key, StringComparer.Ordinal).Take(20).Select(d => new AiLabel(d.Key, d.Name))],
        });
    }
}
