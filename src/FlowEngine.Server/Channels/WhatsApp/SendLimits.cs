using System.Globalization;
using FlowEngine.Conversations;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>
/// The provider's limits on what we say (cloud-api.md section 6), checked before anything is sent. Characters are Unicode scalar values. A
/// refusal reads like the provider's own, so that the catalogue's cure fits.
/// </summary>
internal static class SendLimits
{
    private const int Body = 1024;

    /// <summary>Null when the message may be sent.</summary>
    public static SendError? Check(MessageContent content) => content.Kind switch
    {
        "text" => Length("text.body", content.Text, 4096, "100"),
        "buttons" => Length("interactive.body.text", content.Text, Body) ?? Buttons(content),
        "list" => Length("interactive.body.text", content.Text, Body) ?? Rows(content),
        "template" => Template(content.Template),
        "image" or "video" or "audio" or "document" or "sticker" => Media(content),
        "reaction" => content.ReplyTo is null ? Missing("reaction.message_id") : null,
        _ => new SendError("131051", "provider_api", "Unsupported message type", $"type {content.Kind} cannot be sent"),
    };

    private static SendError? Buttons(MessageContent content)
    {
        if (content.Buttons.Length is < 1 or > 3)
            return Bad("interactive.action.buttons", "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3");

        return Same("button title", content.Buttons, button => button.Title)
            ?? Same("button id", content.Buttons, button => button.Id)
            ?? First(content.Buttons, button => Length("button title", button.Title, 20) ?? Length("button id", button.Id, 256));
    }

    private static SendError? Rows(MessageContent content)
    {
        if (content.Rows.Length is < 1 or > 10)
            return Bad("interactive.action.sections", "Total row count must be between 1 and 10");

        return Same("row id", content.Rows, row => row.Id)
            ?? Optional("list button", content.ListButton, 20)
            ?? First(content.Rows, row => Length("row title", row.Title, 24) ?? Length("row id", row.Id, 200) ?? Optional("row description", row.Description, 72));
    }

    private static SendError? Template(TemplateUse? template)
    {
        if (template is null)
            return Missing("template");
        if ((Length("template.name", template.Name, 512) ?? Length("template.language.code", template.Language, 20)) is { } wrong)
            return wrong;

        return template.Parameters.Any(HasForbiddenSpace)
            ? new SendError("132008", "template", "Template parameter value invalid", "A variable has a line break, a tab or more than four spaces in a row")
            : null;
    }

    private static bool HasForbiddenSpace(string value) =>
        value.AsSpan().ContainsAny('\n', '\r', '\t') || value.Contains("     ", StringComparison.Ordinal);

    private static SendError? Media(MessageContent content) =>
        content.Media is not { ProviderId: not null } and not { Sha256: not null } ? Missing($"{content.Kind}.id") : Optional($"{content.Kind}.caption", content.Text, 1024);

    private static SendError? First(IEnumerable<Choice> choices, Func<Choice, SendError?> check) =>
        choices.Select(check).FirstOrDefault(error => error is not null);

    private static SendError? Same(string name, IReadOnlyCollection<Choice> choices, Func<Choice, string> of) =>
        choices.Select(of).Distinct(StringComparer.Ordinal).Count() < choices.Count ? Bad(name, $"Every {name} must be unique") : null;

    private static SendError? Optional(string name, string? value, int max) => value is null ? null : Length(name, value, max);

    private static SendError? Length(string name, string? value, int max, string code = "131009")
    {
        var length = Characters(value);
        return length >= 1 && length <= max ? null : Bad(name, $"{name} length invalid. Min length: 1, Max length: {max}, is: {length}", code);
    }

    /// <summary>A text has at most as many characters as UTF-16 units, so the exact count is needed only for the few that are near the limit.</summary>
    private static int Characters(string? value) => value is null ? 0 : value.EnumerateRunes().Count();

    private static SendError Missing(string name) => new("131008", "provider_api", "Required parameter is missing", $"{name} is required");

    private static SendError Bad(string name, string details, string code = "131009") => new(
        code, "provider_api", code == "100" ? "Invalid parameter" : "Parameter value is not valid", string.Create(CultureInfo.InvariantCulture, $"{name}: {details}"));
}
