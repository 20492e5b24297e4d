using FlowEngine.Engine.Ai;
using FlowEngine.Engine.ConversationActivities.Answers;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>Sorts what the lead wrote into one of the given categories by a language model.</summary>
public sealed class AiClassify : AiActivity
{
    private const string Done = "Done";

    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "FlowEngine.AiClassify",
        Category = Editors.Category,
        DisplayName = "AI classify",
        Description = "Chooses one of the categories for what the lead wrote. Goes on with the category's own value where that is connected, else with Done. NotSure and Failed hand off to people with the reason when they are not connected.",
        Inputs =
        [
            Editors.Lines("Categories", "Categories", "One a line: Title | saved value | words that describe it. At least two."),
            Editors.Text("Text", "Text", "What is sorted; empty takes what the lead wrote since it was last answered."),
            Editors.Text("Instructions", "Instructions", "What the model should know about the categories."),
            Editors.Line("SaveAs", "Save in field", "Field of the lead that keeps the category."),
            .. Fallback,
            Editors.WhenUnknown,
        ],
        Outputs = [new OutputDescriptor("Result", "String", "Category", "The saved value of the category."), .. Explained],
        Outcomes = [Done, NotSure, Failed],
    };

    protected override ActivityResult Execute(ActivityContext context, ConversationScope scope) => Again(context, scope);

    protected override ActivityResult Again(ActivityContext context, ConversationScope scope)
    {
        var categories = ChoiceList.Read(context.Input<object>("Categories"));
        if (!categories.IsRead || categories.Value.Count < 2)
        {
            return BadInput("Categories", categories.IsRead ? "at least two are needed" : categories.Error);
        }

        return Ask(context, scope, new AiJob
        {
            Purpose = AiPurpose.Classify,
            Instructions = context.Input<string>("Instructions")?.Trim() ?? "",
            Text = context.Input<string>("Text") is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null,
            Categories = [.. categories.Value.Select(c => new AiLabel(c.Saved, string.Join(", ", new[] { c.Title, c.Description }.Concat(c.Words ?? []).Where(w => !string.IsNullOrEmpty(w)))))],
        });
    }

    protected override ActivityResult Finish(ActivityContext context, ConversationScope scope, AiResult result)
    {
        var category = result.Values["category"];
        if (context.Input<string>("SaveAs") is { } field && !string.IsNullOrWhiteSpace(field))
        {
            scope.SetField(field.Trim(), category, context.ActivityId);
        }

        context.SetOutput("Result", category);
        return ActivityResult.Outcome(context.HasConnection(category) ? category : Done);
    }
}
