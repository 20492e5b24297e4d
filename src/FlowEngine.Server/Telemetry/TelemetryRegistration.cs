using System.Net;
using FlowEngine.Server.Access;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Seen = FlowEngine.Engine.Telemetry;

namespace FlowEngine.Server.Telemetry;

/// <summary>
/// What operators see: metrics at <c>/metrics</c>, traces by the standard <c>OTEL_*</c> variables, logs as JSON in production. Nothing of it holds
/// a word of a message, a phone number or an address (docs/operations.md).
/// </summary>
public static class TelemetryRegistration
{
    private const string Path = "/metrics";
    private const string Traces = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private const string Everything = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static IServiceCollection AddFlowEngineTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<Gauges>();
        services.AddSingleton<CensusQueries>();
        services.AddSingleton<Invariants>();
        services.AddSingleton<Census>();
        var seen = services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            metrics.AddMeter(Seen.Name, "FlowEngine.WhatsApp").AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddPrometheusExporter();

            // A series for each parameter of each component: most of a scrape, and nothing that an operator asks.
            metrics.AddView(instrument => instrument.Meter.Name.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal) ? MetricStreamConfiguration.Drop : null);
            if (IsSet(configuration, Everything))
            {
                metrics.AddOtlpExporter();
            }
        });

        // Without a place to send them to nobody listens, and no span is ever made.
        if (IsSet(configuration, Everything) || IsSet(configuration, Traces))
        {
            seen.WithTracing(traces => traces.AddSource(Seen.Name)
                .AddAspNetCoreInstrumentation(options => options.Filter = IsWorthATrace).AddHttpClientInstrumentation().AddSource("Npgsql").AddOtlpExporter());
        }

        return services;
    }

    /// <summary>Metrics for whoever may see them: everybody where <c>FlowEngine:Metrics:Public</c> says so, else supervisors, and this machine itself.</summary>
    public static WebApplication MapMetrics(this WebApplication app)
    {
        // A scrape begins with what is not registered before somebody asks for it.
        app.Services.GetRequiredService<Gauges>();
        var metrics = app.MapPrometheusScrapingEndpoint(Path);
        if (app.Configuration.GetValue<bool>("FlowEngine:Metrics:Public"))
        {
            metrics.AllowAnonymous();
        }
        else
        {
            metrics.RequireAuthorization(policy => policy.RequireAssertion(context =>
                context.User.IsInRole(Roles.Admin) || context.User.IsInRole(Roles.Supervisor) || (context.Resource is HttpContext http && IsThisMachine(http))));
        }

        return app;
    }

    /// <summary>One JSON object a line in production, unless the configuration names another formatter; never a request line, whose query may be a search or a token.</summary>
    public static ILoggingBuilder AddFlowEngineLogs(this ILoggingBuilder logging, IConfiguration configuration, IHostEnvironment environment)
    {
        if (environment.IsProduction() && !IsSet(configuration, "Logging:Console:FormatterName"))
        {
            logging.AddJsonConsole(options =>
            {
                options.IncludeScopes = true;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }

        foreach (var wordy in Wordy)
        {
            logging.AddFilter(wordy, LogLevel.Warning);
        }

        return logging;
    }

    /// <summary>
    /// Categories of the framework that write what people say below Warning: addresses with their query, what browsers send to the desk, values of
    /// forms. They stay silent whatever level is configured.
    /// </summary>
    private static readonly string[] Wordy =
    [
        "Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.SignalR", "Microsoft.AspNetCore.Http.Connections", "Microsoft.AspNetCore.Components",
        "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.StaticFiles", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.RequestDelegateGenerator", "System.Net.Http",
    ];

    /// <summary>By the address of the connection. What a proxy on this machine passes on comes from elsewhere, and says so.</summary>
    private static bool IsThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded") && !http.Request.Headers.ContainsKey("X-Original-For");

    private static bool IsWorthATrace(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/webhooks") || http.Request.Path.StartsWithSegments("/workflows");

    private static bool IsSet(IConfiguration configuration, string key) => !string.IsNullOrWhiteSpace(configuration[key]);
}
