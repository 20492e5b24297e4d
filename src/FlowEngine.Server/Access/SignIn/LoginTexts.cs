using System.Globalization;
using System.Resources;
using Microsoft.Net.Http.Headers;

namespace FlowEngine.Server.Access.SignIn;

/// <summary>The sign-in page's words in the best language that the browser asks for: Spanish, Portuguese of Brazil, else English.</summary>
public sealed class LoginTexts
{
    private static readonly ResourceManager Resources = new(typeof(LoginTexts));
    private readonly CultureInfo culture;

    private LoginTexts(string language)
    {
        Language = language;
        culture = CultureInfo.GetCultureInfo(language);
    }

    public string Language { get; }

    public string this[string name] => Resources.GetString(name, culture) ?? throw new ArgumentException($"No text {name}.", nameof(name));

    public static LoginTexts For(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var wanted))
        {
            return new LoginTexts("en");
        }

        var best = wanted.OrderByDescending(w => w.Quality ?? 1).Select(w => Known(w.Value.Value)).FirstOrDefault(l => l is not null);
        return new LoginTexts(best ?? "en");
    }

    private static string? Known(string? tag) => tag?.Split('-')[0].ToLowerInvariant() switch
    {
        "es" => "es",
        "pt" => "pt-BR",
        "en" => "en",
        _ => null,
    };
}
