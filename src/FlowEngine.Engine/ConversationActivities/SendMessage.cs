using FlowEngine.Conversations;
using FlowEngine.Engine.ConversationActivities.Answers;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>Says something to the lead: text, buttons, a list, or an approved template.</summary>
public sealed class SendMessage : ConversationActivity
{
    /// <summary>Longest text of one message on WhatsApp.</summary>
    private const int LongestText = 4096;

    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "FlowEngine.SendMessage",
        Category = Editors.Category,
        DisplayName = "Send message",
        Description = "Sends a text to the lead, with buttons or a list if wanted; or an approved template, by itself or in place of the text when the 24-hour window is closed.",
        Inputs =
        [
            Editors.Text("Text", "Text", "What the lead reads. With Liquid: Hola {{ lead.name }}."),
            Editors.Lines("Buttons", "Buttons", "Up to three, one a line: Title | id."),
            Editors.Lines("Rows", "List", "Up to ten rows, one a line: Title | id. Used when there are no buttons."),
            Editors.Line("ListButton", "List's button", "The word that opens the list, up to 20 characters.", ChoicePresentation.DefaultListButton),
            Editors.OfCompany("Template", "Template", "An approved template. With a text it is used only when the 24-hour window is closed; without one, always.", "templates"),
            Editors.Line("TemplateLanguage", "Template's language", "Language code under which the template was approved.", "es"),
            Editors.Strings("TemplateParameters", "Template's values", "Values of the template's variables, in order."),
            Editors.WhenUnknown,
        ],
    };

    protected override ActivityResult Execute(ActivityContext context, ConversationScope scope)
    {
        var text = context.Input<string>("Text")?.Trim();
        var template = context.Input<string>("Template")?.Trim();
        if (!string.IsNullOrEmpty(template) && (string.IsNullOrEmpty(text) || !scope.WindowIsOpen))
        {
            return Send(context, scope, OfTemplate(context, template));
        }

        return string.IsNullOrEmpty(text) ? BadInput("Text", "there is nothing to say")
            : text.Length > LongestText ? BadInput("Text", $"{text.Length} characters are too long for one message; {LongestText} are allowed")
            : SendText(context, scope, text);
    }

    private static ActivityResult SendText(ActivityContext context, ConversationScope scope, string text)
    {
        var buttons = ChoiceList.Read(context.Input<object>("Buttons"));
        if (!buttons.IsRead)
        {
            return BadInput("Buttons", buttons.Error);
        }

        var rows = ChoiceList.Read(context.Input<object>("Rows"));
        if (!rows.IsRead)
        {
            return BadInput("Rows", rows.Error);
        }

        var content = buttons.Value.Count > 0
            ? ChoicePresentation.Of(text, buttons.Value, Present.Buttons)
            : ChoicePresentation.Of(text, rows.Value, Present.List, context.Input<string>("ListButton"));
        return Send(context, scope, content);
    }

    private static MessageContent OfTemplate(ActivityContext context, string template)
    {
        var language = context.Input<string>("TemplateLanguage");
        return new MessageContent
        {
            Kind = "template",
            Template = new TemplateUse(template, string.IsNullOrWhiteSpace(language) ? "es" : language, [.. context.Input<List<string>>("TemplateParameters") ?? []]),
        };
    }

    private static ActivityResult Send(ActivityContext context, ConversationScope scope, MessageContent content)
    {
        scope.Send(content, Choose.WhenUnknown(context), context.ActivityId);
        return ActivityResult.Done;
    }
}
