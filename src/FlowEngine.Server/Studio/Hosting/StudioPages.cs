using FlowEngine.Server.Access;
using FlowEngine.Server.Resources;
using FlowEngine.Server.Studio.Descriptors;
using Microsoft.Extensions.Localization;

namespace FlowEngine.Server.Studio.Hosting;

/// <summary>
/// The pages at <c>/studio</c>: our frame around one custom element of the Studio each. Also the addresses that the Studio itself makes.
/// </summary>
internal static class StudioPages
{
    public const string Path = "/studio";

    /// <summary>
    /// Scripts and data from here only. The hashes are the two inline scripts of the package (3.8.2: keyboard shortcuts of the editor and of the viewer); styles are set inline
    /// by its components; its code editor starts a worker from a blob; its runtime is WebAssembly.
    /// </summary>
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc=' 'sha256-vu6sQrKXQHR4Yn3FMMihA/9TxxfIXnCxKwvLrTPJ5ts='; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    private static readonly string[] Folders = ["_framework", "_content"];

    private static readonly string[] Single = ["appsettings.json", "Elsa.Studio.Host.CustomElements.styles.css"];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        MapFiles(endpoints.MapGroup(Path).AllowAnonymous().ExcludeFromDescription());
        var pages = endpoints.MapGroup(Path).RequireAuthorization(Policies.Supervisor).ExcludeFromDescription();
        pages.MapGet("", (HttpContext http, StudioFiles files, IStringLocalizer<Texts> texts, ActivityTypes types) => Show(http, files, texts, types, "elsa-workflow-definition-list"));
        pages.MapGet("definitions/{definitionId}", (string definitionId, HttpContext http, StudioFiles files, IStringLocalizer<Texts> texts, ActivityTypes types) =>
            Show(http, files, texts, types, "elsa-workflow-definition-editor", ("definition-id", definitionId)));
        pages.MapGet("instances", (HttpContext http, StudioFiles files, IStringLocalizer<Texts> texts, ActivityTypes types) => Show(http, files, texts, types, "elsa-workflow-instance-list"));
        pages.MapGet("instances/{id}", (string id, HttpContext http, StudioFiles files, IStringLocalizer<Texts> texts, ActivityTypes types) =>
            Show(http, files, texts, types, "elsa-workflow-instance-viewer", ("instance-id", id)));
        MapItsOwnAddresses(pages);
    }

    private static void MapFiles(RouteGroupBuilder files)
    {
        foreach (var folder in Folders)
        {
            files.MapGet($"{folder}/{{**path}}", (string path, HttpContext http, StudioFiles package) => package.Serve(http, $"{folder}/{path}"));
        }

        foreach (var name in Single)
        {
            files.MapGet(name, (HttpContext http, StudioFiles package) => package.Serve(http, name));
        }
    }

    private static void MapItsOwnAddresses(RouteGroupBuilder pages)
    {
        pages.MapGet("workflows/definitions", () => Results.LocalRedirect(Path));
        pages.MapGet("workflows/definitions/{id}/edit", (string id) => Results.LocalRedirect($"{Path}/definitions/{Uri.EscapeDataString(id)}"));
        pages.MapGet("workflows/instances", () => Results.LocalRedirect($"{Path}/instances"));
        pages.MapGet("workflows/instances/{id}/view", (string id) => Results.LocalRedirect($"{Path}/instances/{Uri.EscapeDataString(id)}"));
    }

    private static IResult Show(HttpContext http, StudioFiles files, IStringLocalizer<Texts> texts, ActivityTypes types, string element, (string Name, string Value)? attribute = null)
    {
        http.Response.Headers.ContentSecurityPolicy = ContentPolicy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        var page = new StudioPage(http.Request, http.User, texts, types);
        return files.Installed
            ? Results.Content(page.With(element, attribute), "text/html; charset=utf-8")
            : Results.Content(page.NotInstalled(), "text/html; charset=utf-8", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
