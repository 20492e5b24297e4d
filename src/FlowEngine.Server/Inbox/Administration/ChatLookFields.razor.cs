using FlowEngine.Engine.Connections;
using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;

namespace FlowEngine.Server.Inbox.Administration;

/// <summary>How the chat of a website looks and where it may stand, within the dialog of its connection.</summary>
public sealed partial class ChatLookFields
{
    private static readonly string[] Languages = ["es", "pt", "en"];
    private static readonly char[] Between = [' ', ',', ';', '\n', '\r', '\t'];
    private readonly Dictionary<string, string> greeting = Languages.ToDictionary(language => language, _ => "");
    private string? title;
    private string? color;
    private string origins = "";
    private bool asksContact;

    [Parameter] public ChatLook? Chat { get; set; }

    [Inject] private Phrases Words { get; set; } = default!;

    /// <summary>What stands in the fields now.</summary>
    public ChatLook Written => new()
    {
        Origins = origins.Split(Between, StringSplitOptions.RemoveEmptyEntries),
        Title = title,
        Color = color?.Trim(),
        Greeting = greeting.ToDictionary(g => g.Key, g => g.Value ?? ""),
        AsksContact = asksContact,
    };

    protected override void OnInitialized()
    {
        if (Chat is not { } known)
        {
            return;
        }

        (title, color, origins, asksContact) = (known.Title, known.Color, string.Join('\n', known.Origins), known.AsksContact);
        foreach (var language in Languages)
        {
            greeting[language] = known.Greeting.GetValueOrDefault(language, "");
        }
    }
}
