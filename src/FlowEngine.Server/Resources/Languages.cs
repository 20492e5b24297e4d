using Microsoft.AspNetCore.Localization;
using StringWithQualityHeaderValue = Microsoft.Net.Http.Headers.StringWithQualityHeaderValue;

namespace FlowEngine.Server.Resources;

/// <summary>Spanish unless the cookie, or the browser's own languages, say Portuguese or English; for programs English unless they say otherwise.</summary>
public static class Languages
{
    public const string Path = "/language";

    public static readonly IReadOnlyList<(string Culture, string Name)> All = [("es", "Español"), ("pt-BR", "Português"), ("en", "English")];

    private static readonly string[] Cultures = [.. All.Select(l => l.Culture)];

    public static void Configure(RequestLocalizationOptions options)
    {
        options.SetDefaultCulture("es").AddSupportedCultures(Cultures).AddSupportedUICultures(Cultures);
        var ofBrowsers = options.RequestCultureProviders.OfType<AcceptLanguageHeaderRequestCultureProvider>().Single();
        options.RequestCultureProviders[options.RequestCultureProviders.IndexOf(ofBrowsers)] =
            new CustomRequestCultureProvider(http => Task.FromResult(WantedBy(http.Request) is { } wanted ? new ProviderCultureResult(wanted) : null));

        // The last to be asked: programs that wish for no language get English.
        options.RequestCultureProviders.Add(new CustomRequestCultureProvider(http => Task.FromResult(IsApi(http.Request.Path) ? new ProviderCultureResult("en") : null)));
    }

    /// <summary>The best of the browser's languages that we speak, whatever its country; null when there is none.</summary>
    public static string? WantedBy(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var wanted)
            ? wanted.OrderByDescending(w => w.Quality ?? 1).Select(w => Known(w.Value.Value)).FirstOrDefault(known => known is not null)
            : null;

    private static string? Known(string? tag) => tag is null ? null : Array.Find(Cultures, c => Language(c).Equals(Language(tag), StringComparison.OrdinalIgnoreCase));

    private static string Language(string tag) => tag.Split('-')[0];

    private static bool IsApi(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/elsa");

    /// <summary>Remembers the choice for a year and goes back to a page of ours; other sites are no place to go back to.</summary>
    public static IResult Choose(HttpContext http, string culture, string? returnUrl)
    {
        if (Cultures.Contains(culture))
        {
            http.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
                new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, IsEssential = true, Path = "/" });
        }

        return Results.LocalRedirect(returnUrl is ['/', not '/' and not '\\', ..] ? returnUrl : "/");
    }
}
