using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Text.Json;
using FlowEngine.Server.Resources;
using FlowEngine.Server.Studio.Descriptors;
using FlowEngine.Server.Studio.Wire;
using FlowEngine.Workflows.Activities;
using Microsoft.Extensions.Localization;

namespace FlowEngine.Server.Studio.Hosting;

/// <summary>The HTML around the Studio: a bar of 64 pixels, which its elements leave free, and an empty place for one of them.</summary>
internal sealed class StudioPage(HttpRequest request, ClaimsPrincipal user, IStringLocalizer<Texts> texts, ActivityTypes types)
{
    private static readonly string[] Styles =
    [
        "_content/MudBlazor/MudBlazor.min.css", "_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.css",
        "_content/Radzen.Blazor/css/material-base.css", "_content/Elsa.Studio.Shell/css/shell.css", "Elsa.Studio.Host.CustomElements.styles.css",
    ];

    // The order matters: the runtime comes last, and our script starts it.
    private static readonly string[] Scripts =
    [
        "_content/BlazorMonaco/jsInterop.js", "_content/BlazorMonaco/lib/monaco-editor/min/vs/loader.js",
        "_content/BlazorMonaco/lib/monaco-editor/min/vs/editor/editor.main.js", "_content/MudBlazor/MudBlazor.min.js",
        "_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.js", "_content/Radzen.Blazor/Radzen.Blazor.js",
    ];

    private static readonly string[] OurStyles = ["studio", "studio-dark", "studio-icons"];

    private readonly string root = request.PathBase.Value ?? "";

    public string With(string element, (string Name, string Value)? attribute)
    {
        var styles = string.Concat(Styles.Select(s => $"<link rel=\"stylesheet\" href=\"{s}\">"));
        var scripts = string.Concat(Scripts.Select(s => $"<script src=\"{s}\"></script>"));
        var settings = JsonSerializer.Serialize(new
        {
            root,
            element,
            attribute = attribute?.Name,
            value = attribute?.Value,
            mayEdit = user.MayEdit(),
            steps = types.All.Where(IsOurs).ToDictionary(t => t.DisplayName, t => t.Name),
            types = types.All.ToDictionary(t => t.TypeName, t => t.DisplayName),
            texts = new[] { "Studio_SignedOut", "Studio_SignIn", "Studio_Findings", "Studio_Retry", "Studio_Conversation", "Studio_Failed", "Studio_NotImported", "Studio_History" }
                .ToDictionary(k => k["Studio_".Length..], k => texts[k].Value),
        });
        return Frame(
            styles,
            $"""
            <main id="studio"><p class="studio-wait" role="status">{Text("Studio_Loading")}</p></main>
            <aside id="studio-findings" hidden></aside>
            <script type="application/json" id="studio-settings">{settings}</script>
            {scripts}<script src="_framework/blazor.webassembly.js" autostart="false"></script><script src="{root}/js/studio-frame.js"></script><script src="{root}/js/studio.js"></script>
            """);
    }

    public string NotInstalled() => Frame(
        "",
        $"""
        <main class="studio-missing"><h1>{Text("Studio_Missing")}</h1><p>{Text("Studio_Missing_Why")}</p>
        <pre>cd studio
        npm ci</pre><p>{Text("Studio_Missing_Then")}</p></main><script src="{root}/js/studio-frame.js"></script>
        """);

    private string Frame(string styles, string body) =>
        $"""
        <!DOCTYPE html>
        <html lang="{CultureInfo.CurrentUICulture.Name}" data-theme="{(request.Cookies["fe.theme"] == "dark" ? "dark" : "light")}">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><base href="{root}/studio/">
        <title>{Text("Nav_Flows")} · FlowEngine</title>{styles}{Ours()}<link rel="icon" type="image/svg+xml" href="{root}/favicon.svg"></head>
        <body>{Bar()}{body}</body></html>
        """;

    private string Bar() =>
        $"""
        <header class="studio-bar"><a class="studio-logo" href="{root}/"><img src="{root}/favicon.svg" width="22" height="22" alt=""><span>FlowEngine</span></a>
        <nav aria-label="{Text("Nav_Label")}">{Link("/", "Nav_Inbox")}{Link("/studio", "Nav_Flows")}{Link("/studio/instances", "Nav_Runs")}{Link("/failures", "Nav_Failures")}{Link("/admin", "Nav_Admin")}</nav>
        <span class="studio-grow"></span><span id="studio-note"></span>{Trial()}{Switches()}<span class="studio-user">{WebUtility.HtmlEncode(user.Identity?.Name)}</span></header>
        """;

    /// <summary>On an editor's page, for who may edit: the same flow in a chat of one's own.</summary>
    private string Trial() => user.MayEdit() && request.RouteValues.GetValueOrDefault("definitionId") is string definition
        ? $"<a class=\"studio-try\" data-testid=\"try\" href=\"{root}/flows/{Uri.EscapeDataString(definition)}/try\" target=\"flowengine-try\">{Text("Studio_Try")}</a>"
        : "";

    private string Switches()
    {
        var languages = string.Concat(Languages.All.Select(l => $"<option value=\"{l.Culture}\" lang=\"{l.Culture}\"{(l.Culture == CultureInfo.CurrentUICulture.Name ? " selected" : "")}>{l.Name}</option>"));
        return $"""
            <select id="studio-language" aria-label="{Text("Language")}">{languages}</select>
            <button id="studio-theme" class="studio-theme" type="button" data-testid="theme" data-dark="{Text("Theme_Dark")}" data-light="{Text("Theme_Light")}">
            <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true"><path fill="currentColor" d="M12 3a9 9 0 1 0 0 18zm0 0v18a9 9 0 0 0 0-18z" fill-opacity=".35"/><path fill="currentColor" d="M12 3a9 9 0 0 0 0 18z"/></svg></button>
            """;
    }

    private string Ours() => string.Concat(OurStyles.Select(s => $"<link rel=\"stylesheet\" href=\"{root}/css/{s}.css\">"));

    private static bool IsOurs(ActivityDescriptor type) => type.TypeName.StartsWith("FlowEngine.", StringComparison.Ordinal);

    private string Link(string path, string text)
    {
        var here = request.Path.Value ?? "";
        var active = path switch
        {
            "/studio" => here.TrimEnd('/') == path || here.StartsWith("/studio/definitions", StringComparison.Ordinal),
            "/studio/instances" => here.StartsWith(path, StringComparison.Ordinal),
            _ => false,
        };
        return $"<a href=\"{root}{path}\"{(active ? " class=\"active\" aria-current=\"page\"" : "")}>{Text(text)}</a>";
    }

    private string Text(string key) => WebUtility.HtmlEncode(texts[key].Value);
}
