using System.Globalization;
using System.Resources;
using FlowEngine.Server.Resources;

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

    public static LoginTexts For(HttpRequest request) => new(Languages.WantedBy(request) ?? "en");
}
