using System.Text.RegularExpressions;
using FlowEngine.Engine.Connections;

namespace FlowEngine.Server.Administration;

/// <summary>What an administrator may say of a web chat. Origins go into a header and colours into a page, so that only their exact shape passes.</summary>
internal static partial class ChatLookRules
{
    private const int MostOrigins = 20;
    private static readonly string[] Languages = ["es", "pt", "en"];

    public static void Check(ChatLook? chat, FieldErrors errors)
    {
        if (chat is null)
        {
            return;
        }

        errors.Check(chat.Origins.Count <= MostOrigins, "webChat.origins", $"has at most {MostOrigins} entries");
        errors.Check(chat.Origins.All(origin => OriginOf(origin) is not null), "webChat.origins", "are addresses such as https://shop.example, without a path");
        errors.Optional(chat.Title, "webChat.title", 60);
        errors.Check(string.IsNullOrEmpty(chat.Color) || Hex().IsMatch(chat.Color), "webChat.color", "is a colour such as #0a7a5f");
        errors.Check(chat.Greeting.Keys.All(Languages.Contains), "webChat.greeting", "is by language: es, pt or en");
        errors.Check(chat.Greeting.Values.All(text => text.Length <= 500), "webChat.greeting", "has at most 500 characters");
    }

    /// <summary>After <see cref="Check"/>: origins as browsers write them, blanks as nothing.</summary>
    public static ChatLook Tidy(ChatLook chat) => chat with
    {
        Origins = [.. chat.Origins.Select(origin => OriginOf(origin)!).Distinct()],
        Title = string.IsNullOrWhiteSpace(chat.Title) ? null : chat.Title.Trim(),
        Color = string.IsNullOrEmpty(chat.Color) ? null : chat.Color,
        Greeting = chat.Greeting.Where(g => !string.IsNullOrWhiteSpace(g.Value)).ToDictionary(g => g.Key, g => g.Value.Trim()),
    };

    private static string? OriginOf(string? text) =>
        Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "", Fragment: "" } && HostName().IsMatch(uri.IdnHost)
            ? uri.IsDefaultPort ? $"{uri.Scheme}://{uri.IdnHost}" : $"{uri.Scheme}://{uri.IdnHost}:{uri.Port}"
            : null;

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex Hex();

    [GeneratedRegex(@"^[a-z0-9.\-]+$")]
    private static partial Regex HostName();
}
