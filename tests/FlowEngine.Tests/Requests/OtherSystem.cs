using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlowEngine.Tests.Requests;

/// <summary>A web server that a flow calls: a port of its own on 127.0.0.1, answering by its script and then with 200.</summary>
internal sealed class OtherSystem : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<RequestDelegate> script = new();
    private readonly ConcurrentQueue<Got> requests = new();

    private OtherSystem(WebApplication app) => this.app = app;

    public string Address => app.Urls.First();

    public int Port => new Uri(Address).Port;

    public IReadOnlyList<Got> Requests => [.. requests];

    public static async Task<OtherSystem> Start(params RequestDelegate[] script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var system = new OtherSystem(app);
        Array.ForEach(script, system.script.Enqueue);
        app.Run(system.Handle);
        await app.StartAsync();
        return system;
    }

    public static RequestDelegate Status(int status) => http =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    public static RequestDelegate RedirectTo(string location, int status = 302) => http =>
    {
        (http.Response.StatusCode, http.Response.Headers.Location) = (status, location);
        return Task.CompletedTask;
    };

    public static RequestDelegate Json(string json) => http =>
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(json);
    };

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Handle(HttpContext http)
    {
        using var body = new StreamReader(http.Request.Body);
        requests.Enqueue(new Got(
            http.Request.Method, http.Request.Path + http.Request.QueryString, await body.ReadToEndAsync(), http.Request.ContentType, http.Request.Headers.Authorization.ToString(), http.Request.Headers["X-Key"].ToString()));
        if (script.TryDequeue(out var answer))
        {
            await answer(http);
        }
    }
}

internal sealed record Got(string Method, string Path, string Body, string? ContentType, string Authorization, string Key);
