using System.Collections.Immutable;
using System.Globalization;
using FlowEngine.Conversations;

namespace FlowEngine.Engine.ConversationActivities.Answers;

/// <summary>How options are shown. None: the text says them already.</summary>
public enum Present { Auto, Buttons, List, Text, None }

/// <summary>
/// Options as the buttons, the list or the numbered lines of a message. What a channel cannot show as asked is shown by the next
/// simpler form, so that a long title never stops a conversation. Limits are those of the WhatsApp Cloud API, the narrowest channel.
/// </summary>
public static class ChoicePresentation
{
    public const int MostButtons = 3;
    public const int ButtonTitle = 20;
    public const int MostRows = 10;
    public const int RowTitle = 24;
    public const int RowDescription = 72;
    public const int InteractiveBody = 1024;
    public const string DefaultListButton = "Ver opciones";

    public static MessageContent Of(string text, IReadOnlyList<ChoiceOption> options, Present present, string? listButton = null)
    {
        if (options.Count == 0 || present == Present.None)
        {
            return MessageContent.OfText(text);
        }

        return present switch
        {
            Present.Auto or Present.Buttons when FitButtons(text, options) => Buttons(text, options),
            Present.Auto or Present.Buttons or Present.List when FitRows(text, options) => List(text, options, listButton),
            _ => MessageContent.OfText(text + "\n\n" + Numbered(options)),
        };
    }

    private static bool FitButtons(string text, IReadOnlyList<ChoiceOption> options) =>
        options.Count <= MostButtons && text.Length <= InteractiveBody && options.All(option => option.Title.Length <= ButtonTitle)
        && options.Select(option => option.Title).Distinct().Count() == options.Count;

    private static bool FitRows(string text, IReadOnlyList<ChoiceOption> options) =>
        options.Count <= MostRows && text.Length <= InteractiveBody && options.All(option => option.Title.Length <= RowTitle);

    private static MessageContent Buttons(string text, IReadOnlyList<ChoiceOption> options) =>
        new() { Kind = "buttons", Text = text, Buttons = [.. options.Select(option => new Choice(option.TapId, option.Title))] };

    private static MessageContent List(string text, IReadOnlyList<ChoiceOption> options, string? listButton) => new()
    {
        Kind = "list",
        Text = text,
        Rows = Rows(options),
        ListButton = Cut(string.IsNullOrWhiteSpace(listButton) ? DefaultListButton : listButton, ButtonTitle),
    };

    private static ImmutableArray<Choice> Rows(IReadOnlyList<ChoiceOption> options) =>
        [.. options.Select(option => new Choice(option.TapId, option.Title, option.Description is { } more ? Cut(more, RowDescription) : null))];

    private static string Numbered(IReadOnlyList<ChoiceOption> options) =>
        string.Join('\n', options.Select((option, at) => string.Create(CultureInfo.InvariantCulture, $"{at + 1}. {option.Title}")));

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..(longest - 1)] + "…";
}
