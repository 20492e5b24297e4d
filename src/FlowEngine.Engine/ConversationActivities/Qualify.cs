using System.Globalization;
using FlowEngine.Engine.ConversationActivities.Qualifying;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>Adds up points for what is known of the lead and takes one of three ways.</summary>
public sealed class Qualify : ConversationActivity
{
    /// <summary>The lead field that keeps the points.</summary>
    public const string ScoreField = "score";

    private const string Qualified = "Qualified";
    private const string Nurture = "Nurture";
    private const string Disqualified = "Disqualified";

    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "FlowEngine.Qualify",
        Category = Editors.Category,
        DisplayName = "Qualify lead",
        Description = "Adds up the points of every rule that fits the lead's fields, keeps them in the field score, and goes on with Qualified, Nurture or Disqualified.",
        Inputs =
        [
            Editors.Json("Rules", "Rules", """List of { "field": "budget", "operator": "greater", "value": 1000, "points": 40 }. Operators: equals, contains, greater, less, between, exists, in."""),
            Editors.Number("QualifiedFrom", "Qualified from", "Points from which a lead is qualified.", 60),
            Editors.Number("NurtureFrom", "Nurture from", "Points from which a lead is worth keeping in touch with.", 30),
        ],
        Outputs = [new OutputDescriptor("Result", "Int32", "Points", "The sum.")],
        Outcomes = [Qualified, Nurture, Disqualified],
    };

    protected override ActivityResult Execute(ActivityContext context, ConversationScope scope)
    {
        var rules = QualifyRules.Read(context.Input<object>("Rules"));
        if (!rules.IsRead)
        {
            return BadInput("Rules", rules.Error);
        }

        var score = QualifyRules.Score(rules.Value, scope.Conversation.Fields);
        scope.SetField(ScoreField, score.ToString(CultureInfo.InvariantCulture), context.ActivityId);
        context.SetOutput("Result", score);
        return ActivityResult.Outcome(
            score >= context.Input<int>("QualifiedFrom") ? Qualified : score >= context.Input<int>("NurtureFrom") ? Nurture : Disqualified);
    }
}
