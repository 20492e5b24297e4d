using FlowEngine.Server.Access;
using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Server.Inbox.Administration;
using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Inbox.Screens.Shell;
using FlowEngine.Server.Resources;
using Microsoft.AspNetCore.Diagnostics;
using MudBlazor;
using MudBlazor.Services;

namespace FlowEngine.Server.Inbox.Screens;

/// <summary>The agents' and administrators' pages: one call for what they need, one for where they are.</summary>
public static class InboxScreens
{
    public static IServiceCollection AddInboxScreens(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddLocalization();
        services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomLeft;
            mud.SnackbarConfiguration.VisibleStateDuration = 5000;
            mud.SnackbarConfiguration.ShowTransitionDuration = 150;
            mud.SnackbarConfiguration.HideTransitionDuration = 200;
            mud.SnackbarConfiguration.PreventDuplicates = false;
        });
        services.Configure<RequestLocalizationOptions>(Languages.Configure);
        services.AddScoped<Phrases>();
        services.AddScoped<DeskClock>().AddScoped<DeskList>().AddScoped<DeskThread>().AddScoped<DeskLive>();
        services.AddScoped<DeskVerbs>().AddScoped<DeskScript>().AddScoped<DeskDirectory>();
        services.AddScoped<LeadImport>();
        return services;
    }

    /// <summary>Call it after authentication and authorization are in the pipeline: pages are refused to strangers by their endpoints.</summary>
    public static WebApplication MapInboxScreens(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapGet(Languages.Path, Languages.Choose).AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }

    /// <summary>A page that is not there, or not for who asks, is answered by one that says so. Before authentication, which may be what refuses.</summary>
    public static WebApplication UseLostPages(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/lost/{0}", createScopeForStatusCodePages: true);
        app.Use(next => http =>
        {
            if (http.Features.Get<IStatusCodePagesFeature>() is { } pages)
            {
                pages.Enabled = PageRequests.Is(http);
            }

            return next(http);
        });
        return app;
    }
}
