using FlowEngine.Server.Access;
using Hangfire;

namespace FlowEngine.Server.Jobs;

/// <summary>
/// Hangfire's own pages at <c>/jobs</c>, for administrators who are signed in. The policy of the endpoint decides; Hangfire's filter of local
/// requests is off, because behind a proxy every request is local. What changes something carries an antiforgery token and our own origin.
/// </summary>
internal static class JobDashboard
{
    public const string Path = "/jobs";

    /// <summary>Only our own files and no framing. Hangfire's charts and progress bars set their sizes as inline styles.</summary>
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public static void Map(WebApplication app)
    {
        app.UseWhen(http => http.Request.Path.StartsWithSegments(Path), jobs => jobs.Use(next => http =>
        {
            http.Response.Headers.ContentSecurityPolicy = ContentPolicy;
            http.Response.Headers.XContentTypeOptions = "nosniff";
            return next(http);
        }));
        var options = new DashboardOptions
        {
            Authorization = [],
            AppPath = "/",
            DashboardTitle = "FlowEngine",
            DisplayStorageConnectionString = false,
            DefaultRecordsPerPage = 20,
        };
        app.MapHangfireDashboard(Path, options, app.Services.GetRequiredService<JobStorage>()).RequireAuthorization(Policies.AdminPages);
    }
}
