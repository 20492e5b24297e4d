using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlowEngine.Tests.Journeys;

/// <summary>
/// What stands before several nodes: passes each request to the next one in turn, and to another when the first cannot be reached. It checks nobody's
/// health, so that a node which leaves keeps getting requests until it closes its door.
/// </summary>
public sealed class Entrance : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly IReadOnlyList<Uri> nodes;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private int next;

    private Entrance(WebApplication app, IReadOnlyList<Uri> nodes) => (this.app, this.nodes) = (app, nodes);

    public Uri Address => new(app.Urls.First());

    /// <summary>Every delivery goes to all nodes at once, as a provider does that doubts its own delivery.</summary>
    public bool ToAll { get; set; }

    /// <summary>Answers that a client should never see: 5xx, and requests that no node took.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    public static async Task<Entrance> Open(IReadOnlyList<Uri> nodes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var entrance = new Entrance(builder.Build(), nodes);
        entrance.app.Run(entrance.Pass);
        await entrance.app.StartAsync();
        return entrance;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        http.Dispose();
    }

    private async Task Pass(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var answers = ToAll
            ? await Task.WhenAll(nodes.Select(node => Try(context.Request, node, body.ToArray())))
            : [await First(context.Request, body.ToArray())];
        var answer = Array.Find(answers, a => a is { IsSuccessStatusCode: true }) ?? answers[0];
        if (answer is null || (int)answer.StatusCode >= 500)
        {
            Errors.Enqueue($"{context.Request.Method} {context.Request.Path}: {answer?.StatusCode.ToString() ?? "nobody"}");
        }

        context.Response.StatusCode = answer is null ? StatusCodes.Status502BadGateway : (int)answer.StatusCode;
        if (answer is not null)
        {
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await answer.Content.CopyToAsync(context.Response.Body);
        }
    }

    private async Task<HttpResponseMessage?> First(HttpRequest request, byte[] body)
    {
        var begin = Interlocked.Increment(ref next);
        for (var i = 0; i < nodes.Count; i++)
        {
            if (await Try(request, nodes[(begin + i) % nodes.Count], body) is { } answer)
            {
                return answer;
            }
        }

        return null;
    }

    /// <summary>Null when it could not be reached, or ended under the request.</summary>
    private async Task<HttpResponseMessage?> Try(HttpRequest request, Uri node, byte[] body)
    {
        using var passed = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(node, request.Path + request.QueryString));
        passed.Content = body.Length > 0 ? new ByteArrayContent(body) : null;
        foreach (var (name, values) in request.Headers.Where(h => h.Key is not ("Host" or "Connection" or "Content-Length")))
        {
            if (!passed.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                passed.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        try
        {
            return await http.SendAsync(passed);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
