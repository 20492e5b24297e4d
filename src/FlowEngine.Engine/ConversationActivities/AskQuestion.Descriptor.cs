using FlowEngine.Engine.ConversationActivities.Answers;
using FlowEngine.Workflows.Activities;

namespace FlowEngine.Engine.ConversationActivities;

public sealed partial class AskQuestion
{
    private const string Answered = "Answered";
    private const string Invalid = "Invalid";
    private const string Timeout = "Timeout";

    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "FlowEngine.AskQuestion",
        Category = Editors.Category,
        DisplayName = "Ask question",
        Description = "Asks the lead, waits, checks the answer and asks again when it is none. Goes on with Answered, with Invalid after the last retry, or with Timeout when the lead stays silent.",
        Inputs = [.. Asking, .. Answering, Editors.WhenUnknown],
        Outputs =
        [
            new OutputDescriptor("Result", "Object", "Answer", "The answer: text, number, address, day (yyyy-MM-dd) or the value of the choice."),
            new OutputDescriptor("ChoiceId", "String", "Choice's id", "The id of the chosen option; its value, else its title, where it has none."),
        ],
        Outcomes = [Answered, Invalid, Timeout],
    };

    private static InputDescriptor[] Asking =>
    [
        Editors.Text("Text", "Question", "What the lead reads. With Liquid: Encantado, {{ lead.name }}."),
        Editors.Pick("AnswerType", "Answer", "What counts as an answer.", nameof(AnswerType.Text),
            (nameof(AnswerType.Text), "Any text"), (nameof(AnswerType.Number), "A number"), (nameof(AnswerType.Email), "An e-mail address"),
            (nameof(AnswerType.Phone), "A telephone number"), (nameof(AnswerType.Date), "A day"), (nameof(AnswerType.Choice), "One of the choices")),
        Editors.Lines("Choices", "Choices", "One a line: Title | saved value | other words, for it. Or JSON: [{ \"title\", \"value\", \"id\", \"words\" }]. The lead may tap, write the number or use words."),
        Editors.Pick("Present", "Show choices as", "Automatic: buttons up to three, a list up to ten, else numbered lines.", nameof(Answers.Present.Auto),
            (nameof(Answers.Present.Auto), "Automatic"), (nameof(Answers.Present.Buttons), "Buttons"), (nameof(Answers.Present.List), "List"),
            (nameof(Answers.Present.Text), "Numbered lines"), (nameof(Answers.Present.None), "Not at all: the question says them")),
        Editors.Line("ListButton", "List's button", "The word that opens the list, up to 20 characters.", ChoicePresentation.DefaultListButton),
    ];

    private static InputDescriptor[] Answering =>
    [
        Editors.Number("Retries", "Retries", "How often to ask again after an answer that does not fit.", 2),
        Editors.Text("ErrorText", "When it does not fit", "What the lead reads then; empty repeats the question."),
        Editors.Duration("Timeout", "Wait at most", "Silence after which Timeout follows, as days.hours:minutes:seconds, such as 04:00:00. Empty waits for ever."),
        Editors.Line("SaveAs", "Save in field", "Field of the lead that keeps the answer, such as name or budget."),
        Editors.Line("Region", "Country of phones", "Two letters, such as ES: numbers of this country need no prefix. Empty takes the country of the lead's own number."),
    ];
}
