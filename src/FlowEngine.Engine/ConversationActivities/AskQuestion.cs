using System.Globalization;
using FlowEngine.Engine.ConversationActivities.Answers;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>
/// Asks, waits for the answer, checks it, and asks again when it is none. Words by which a lead asks for a person or wants no more
/// messages never come here: the turn answers them first (decision 18).
/// </summary>
public sealed partial class AskQuestion : ConversationActivity
{
    private const string Asked = "asked";

    protected override ActivityResult Execute(ActivityContext context, ConversationScope scope)
    {
        if (string.IsNullOrWhiteSpace(context.Input<string>("Text")))
        {
            return BadInput("Text", "there is no question");
        }

        var question = QuestionOf(context, scope);
        return question.IsRead ? Ask(context, scope, question.Value, isRetry: false) : BadInput("Choices", question.Error);
    }

    protected override ActivityResult Resume(ActivityContext context, ConversationScope scope, object? input)
    {
        if (scope.Message is not { } message)
        {
            return ActivityResult.Outcome(Timeout);
        }

        var question = QuestionOf(context, scope);
        if (!question.IsRead)
        {
            return BadInput("Choices", question.Error);
        }

        if (question.Value.Read(message.Content) is { } answer)
        {
            return Accept(context, scope, answer);
        }

        var asked = Convert.ToInt32(context.State.TryGetValue(Asked, out var times) ? times : 1, CultureInfo.InvariantCulture);
        return asked > Math.Max(0, context.Input<int>("Retries")) ? ActivityResult.Outcome(Invalid) : Ask(context, scope, question.Value, isRetry: true, asked);
    }

    private static ActivityResult Ask(ActivityContext context, ConversationScope scope, Question question, bool isRetry, int asked = 0)
    {
        var error = isRetry ? context.Input<string>("ErrorText") : null;
        var text = string.IsNullOrWhiteSpace(error) ? context.Input<string>("Text")! : error;
        var content = ChoicePresentation.Of(text.Trim(), question.Options, Choose.One<Present>(context, "Present"), context.Input<string>("ListButton"));
        scope.Send(content, Choose.WhenUnknown(context), context.ActivityId);
        context.State[Asked] = asked + 1L;
        WaitForLead.Begin(context, context.Input<TimeSpan?>("Timeout"));
        return ActivityResult.Suspended;
    }

    private static ActivityResult Accept(ActivityContext context, ConversationScope scope, Answer answer)
    {
        if (context.Input<string>("SaveAs") is { } field && !string.IsNullOrWhiteSpace(field))
        {
            scope.SetField(field.Trim(), answer.Saved, context.ActivityId);
        }

        context.SetOutput("Result", answer.Value);
        context.SetOutput("ChoiceId", answer.ChoiceId);
        return ActivityResult.Outcome(Answered);
    }

    private static Reading<Question> QuestionOf(ActivityContext context, ConversationScope scope)
    {
        var type = Choose.One<AnswerType>(context, "AnswerType");
        var options = type == AnswerType.Choice ? ChoiceList.Read(context.Input<object>("Choices")) : Reading.Of<IReadOnlyList<ChoiceOption>>([]);
        if (!options.IsRead)
        {
            return Reading.Bad<Question>(options.Error);
        }

        return type == AnswerType.Choice && options.Value.Count == 0
            ? Reading.Bad<Question>("a question with choices needs at least one")
            : Reading.Of<Question>(new Question(type, options.Value, Region(context, scope), scope.Today));
    }

    private static string Region(ActivityContext context, ConversationScope scope) =>
        context.Input<string>("Region") is { Length: 2 } own ? own : PhoneAnswer.RegionOf(scope.Contact.Phone ?? scope.Contact.WaId) ?? "ES";
}
