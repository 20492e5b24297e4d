using FlowEngine.Server.Access.SignIn;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace FlowEngine.Server.Access;

/// <summary>Who gets in: people by a cookie or a token, machines by a key; and nobody else where an endpoint does not say so itself.</summary>
public static class AccessRegistration
{
    /// <summary>Chooses by what the request brings: a token is judged as a token, a key as a key, everything else by its cookie.</summary>
    private const string ByHeader = "CookieTokenOrKey";

    public static IServiceCollection AddFlowEngineAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(ApiKeyBook.Read(configuration));
        services.AddSingleton<SessionCheck>();
        services.AddScoped<FirstAdmin>();
        services.AddScoped<PasswordCheck>().AddScoped<AccessTokens>();
        services.AddHttpContextAccessor();
        services.AddCascadingAuthenticationState();
        services.AddAntiforgery(options => options.Cookie.Name = "FlowEngine.Form");
        services.AddDataProtection().SetApplicationName("FlowEngine").PersistKeysToDbContext<FlowEngineContext>();
        AddPeople(services);
        AddSchemes(services);
        services.AddAuthorization(Policies.Add);
        return services;
    }

    /// <summary>The locks against other sites' pages, authentication, authorization. Before anything that maps endpoints of its own.</summary>
    public static WebApplication UseFlowEngineAccess(this WebApplication app)
    {
        app.Use(next => http => Framing.Guard(http, next));
        app.UseAuthentication();
        app.Use(next => http => SameOrigin.Guard(http, next));
        app.UseAuthorization();
        return app;
    }

    /// <summary>The sign-in form and signing out.</summary>
    public static IEndpointRouteBuilder MapAccount(this IEndpointRouteBuilder endpoints)
    {
        Login.Map(endpoints);
        Logout.Map(endpoints);
        return endpoints;
    }

    private static void AddPeople(IServiceCollection services)
    {
        services.AddIdentityCore<AgentUser>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.Password.RequiredLength = 10;
                // Length is what protects a password; rules about its characters make people write it down (NIST SP 800-63B, 5.1.1.2).
                options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = 8;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddEntityFrameworkStores<FlowEngineContext>()
            .AddSignInManager<AgentSignIn>()
            .AddClaimsPrincipalFactory<AgentClaims>();
        services.AddScoped(scope => (AgentSignIn)scope.GetRequiredService<SignInManager<AgentUser>>());
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
    }

    private static void AddSchemes(IServiceCollection services)
    {
        services.AddAuthentication(ByHeader)
            .AddPolicyScheme(ByHeader, null, options => options.ForwardDefaultSelector =
                http => AccessTokenScheme.IsUsedBy(http.Request) ? AccessTokenScheme.Name : ApiKeyScheme.IsUsedBy(http.Request) ? ApiKeyScheme.Name : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, AccessTokenScheme>(AccessTokenScheme.Name, null)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyScheme>(ApiKeyScheme.Name, null)
            .AddCookie(IdentityConstants.ApplicationScheme, Cookie)
            // Never set by us; Identity signs it out with a session that has ended, and fails where it is unknown.
            .AddCookie(IdentityConstants.TwoFactorRememberMeScheme);
    }

    private static void Cookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "FlowEngine";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromDays(7);
        options.SlidingExpiration = true;
        options.LoginPath = Login.Path;
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
        options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
    }

    /// <summary>A stranger's page goes to the sign-in form, and one that is not for this person gets its words later; a program gets the status.</summary>
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        var request = context.Request;
        var isPage = HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/elsa")
            && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (isPage && status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        }

        if (status == StatusCodes.Status403Forbidden && PageRequests.Is(context.HttpContext))
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        }

        return AccessProblems.Write(context.HttpContext, status);
    }
}
