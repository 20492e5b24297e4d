using FlowEngine.Conversations;
using FlowEngine.Engine.ConversationActivities.Answers;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Api.Conversations;

namespace FlowEngine.Server.Api.Automations;

/// <summary>A message of an outside automation as it is written in a request: text, text with buttons or a list, or a template.</summary>
internal static class AutomationMessage
{
    public const string As = "automation";
    public const int MaxText = 4096;

    public static SayAsApp Read(MessageBody body, FieldErrors errors)
    {
        errors.Check(body.As is null or As, "as", $"is {As}");
        errors.Check(body.Epoch is not null, "epoch", "is required");
        errors.Check(body.WhenUnknown is null or "ask" or "repeatOnce", "whenUnknown", "is ask or repeatOnce");
        return new SayAsApp(
            errors.Text(body.ClientId, "clientId", 200), body.Epoch ?? 0, Content(body, errors),
            body.WhenUnknown == "repeatOnce" ? WhenUnknown.RepeatOnce : WhenUnknown.Ask);
    }

    private static MessageContent Content(MessageBody body, FieldErrors errors)
    {
        errors.Check(body.Template is null || (body.Text is null && body.Media is null), "template", "excludes text and media");
        errors.Check(body.Buttons is not { Count: > 0 } || body.Rows is not { Count: > 0 }, "rows", "and buttons exclude each other");
        if (body.Template is { } template)
        {
            errors.Check(body.Buttons is not { Count: > 0 } && body.Rows is not { Count: > 0 }, "template", "and buttons or rows exclude each other");
            return SendMessage.Template(template, errors);
        }

        if (body.Media is { } media)
        {
            errors.Check(body.Buttons is not { Count: > 0 } && body.Rows is not { Count: > 0 }, "media", "and buttons or rows exclude each other");
            return media.Say(body.Text, errors);
        }

        var text = errors.Text(body.Text, "text", MaxText);
        return body.Buttons is { Count: > 0 } buttons
            ? ChoicePresentation.Of(text, Options(buttons, "buttons", errors), Present.Buttons)
            : ChoicePresentation.Of(text, Options(body.Rows ?? [], "rows", errors), Present.List, errors.Optional(body.ListButton, "listButton", ChoicePresentation.ButtonTitle));
    }

    /// <summary>As with flows, what a channel cannot show as buttons or a list goes as numbered lines.</summary>
    private static List<ChoiceOption> Options(IReadOnlyList<ChoiceBody> choices, string field, FieldErrors errors)
    {
        errors.Check(choices.Count <= ChoicePresentation.MostRows, field, $"are {ChoicePresentation.MostRows} at most");
        errors.Check(choices.All(c => c.Title?.Trim() is { Length: > 0 and <= 200 }), field, "have a title of 1 to 200 characters each");
        errors.Check(choices.All(c => (c.Id?.Length ?? 0) <= 200), field, "have ids of at most 200 characters");
        var options = choices.Select(c => new ChoiceOption(c.Title?.Trim() ?? "", Id: string.IsNullOrWhiteSpace(c.Id) ? null : c.Id, Description: c.Description)).ToList();
        errors.Check(options.Select(o => o.TapId).Distinct(StringComparer.Ordinal).Count() == options.Count, field, "have different ids");
        return options;
    }
}

/// <summary>The body of <c>/messages</c>; what people send leaves out <c>as</c>, <c>epoch</c>, buttons and lists.</summary>
internal sealed record MessageBody
{
    /// <summary>The same id twice is one message, with the outcome of the first.</summary>
    public string? ClientId { get; init; }

    /// <summary><c>automation</c> for an outside automation; absent for people.</summary>
    public string? As { get; init; }

    /// <summary>The epoch under which the automation owns the conversation; a stale one is refused and nothing leaves.</summary>
    public long? Epoch { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<ChoiceBody>? Buttons { get; init; }

    public IReadOnlyList<ChoiceBody>? Rows { get; init; }

    public string? ListButton { get; init; }

    public SendMessage.TemplateBody? Template { get; init; }

    /// <summary>A file that <c>POST /api/media</c> has kept; the text is its caption.</summary>
    public MediaBody? Media { get; init; }

    /// <summary>What to do when nobody knows whether it arrived: <c>ask</c> (a person decides, the default) or <c>repeatOnce</c>.</summary>
    public string? WhenUnknown { get; init; }
}

/// <summary>A button, or a row of a list.</summary>
internal sealed record ChoiceBody(string? Id, string? Title, string? Description = null);
