using FlowEngine.Conversations;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>
/// Gives the conversation to people. With a connection from <c>Returned</c> the run parks and goes on there when control is given
/// back; without one the run has said its last word.
/// </summary>
public sealed class HandOff : ConversationActivity
{
    /// <summary>Name of the bookmark on which a run waits for control.</summary>
    public const string BookmarkName = "FlowEngine.HandOff";

    private const string Returned = "Returned";

    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "FlowEngine.HandOff",
        Category = Editors.Category,
        DisplayName = "Hand off to people",
        Description = "Gives the conversation to a department or an agent: automation stops, and people answer. Follow Returned to go on when they give it back.",
        Inputs =
        [
            Editors.OfCompany("Department", "Department", "Whose queue it goes to. Empty: the department chosen before, else the connection's.", "departments"),
            Editors.OfCompany("Agent", "Agent", "One person instead of a department.", "agents"),
            Editors.Pick("Mode", "Goes to", "Waiting: a person's first answer is owed. Open: for the agent that was already talking.", nameof(HandOffMode.Waiting),
                (nameof(HandOffMode.Waiting), "Waiting"), (nameof(HandOffMode.Open), "Open")),
            Editors.Text("Words", "Words before", "What the lead reads first, such as: Te paso con una persona del equipo."),
            Editors.Line("Reason", "Reason", "Why, in a few words, for people and reports."),
            Editors.Text("Summary", "Summary", "What the person should know before answering. With Liquid: Necesita {{ lead.need }}."),
            Editors.WhenUnknown,
        ],
        Outputs = [new OutputDescriptor("Result", "Object", "Given back", "Who gave it back, and when.")],
        Outcomes = [Returned],
    };

    protected override ActivityResult Execute(ActivityContext context, ConversationScope scope)
    {
        var agent = context.Input<string>("Agent")?.Trim();
        if (!string.IsNullOrEmpty(agent) && !Guid.TryParse(agent, out _))
        {
            return BadInput("Agent", $"'{agent}' is not the id of an agent");
        }

        var target = string.IsNullOrEmpty(agent) ? new Target(Department(context, scope), null) : new Target(null, Guid.Parse(agent));
        if (target is { Department: null, Agent: null })
        {
            return BadInput("Department", "no department is chosen here, before, or on the connection");
        }

        var words = context.Input<string>("Words")?.Trim();
        var farewell = string.IsNullOrEmpty(words) ? null : new SendEffect(MessageContent.OfText(words), Choose.WhenUnknown(context), context.ActivityId);
        var effect = new HandOffEffect(target, Choose.One<HandOffMode>(context, "Mode"), Filled(context, "Reason"), Filled(context, "Summary"), context.ActivityId);
        return scope.HandOff(effect, farewell) is { } refusal ? Refused(refusal) : Park(context);
    }

    protected override ActivityResult Resume(ActivityContext context, ConversationScope scope, object? input)
    {
        context.SetOutput("Result", input);
        return ActivityResult.Outcome(Returned);
    }

    private static ActivityResult Park(ActivityContext context)
    {
        if (!context.HasConnection(Returned))
        {
            return ActivityResult.Outcome();
        }

        context.CreateBookmark(BookmarkName);
        return ActivityResult.Suspended;
    }

    private static string? Department(ActivityContext context, ConversationScope scope) =>
        Filled(context, "Department") ?? scope.Conversation.Department ?? scope.Connection.Department;

    private static string? Filled(ActivityContext context, string input) =>
        context.Input<string>(input)?.Trim() is { Length: > 0 } text ? text : null;
}
