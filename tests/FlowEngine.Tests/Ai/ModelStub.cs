using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlowEngine.Tests.Ai;

/// <summary>What the stub does with one request: the whole of it, headers and breaking off included.</summary>
internal delegate Task StubAnswer(HttpContext http, JsonNode request);

/// <summary>
/// An OpenAI-compatible endpoint as a web server of its own on 127.0.0.1. It answers by its script, then by <see cref="Otherwise"/>; whole or
/// as a stream, as it is asked.
/// </summary>
internal sealed class ModelStub : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<StubAnswer> script = new();
    private readonly ConcurrentQueue<(JsonNode Body, string Key)> requests = new();
    private readonly SemaphoreSlim arrived = new(0);
    private readonly SemaphoreSlim broken = new(0);
    private int active;

    private ModelStub(WebApplication app) => this.app = app;

    public string Endpoint => app.Urls.First() + "/v1";

    public StubAnswer Otherwise { get; set; } = Answers.Calls("answer", new { text = "Sí, claro.", sources = new[] { 1 } });

    public IReadOnlyList<JsonNode> Requests => [.. requests.Select(r => r.Body)];

    public IReadOnlyList<string> Keys => [.. requests.Select(r => r.Key)];

    /// <summary>Requests that are being answered at this moment.</summary>
    public int Active => Volatile.Read(ref active);

    public static async Task<ModelStub> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var stub = new ModelStub(app);
        app.MapPost("/v1/chat/completions", stub.Handle);
        await app.StartAsync();
        return stub;
    }

    public ModelStub Then(params StubAnswer[] answers)
    {
        foreach (var answer in answers)
        {
            script.Enqueue(answer);
        }

        return this;
    }

    /// <summary>Returns when one more request has arrived.</summary>
    public Task Arrival() => Come(arrived, "a request");

    /// <summary>Returns when a caller has broken one more request off.</summary>
    public Task Breaking() => Come(broken, "a request that is broken off");

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        arrived.Dispose();
        broken.Dispose();
    }

    private static async Task Come(SemaphoreSlim bell, string what) =>
        (await bell.WaitAsync(TimeSpan.FromMinutes(2))).Should().BeTrue($"the endpoint waits for {what}");

    private async Task Handle(HttpContext http)
    {
        var body = (await JsonNode.ParseAsync(http.Request.Body))!;
        requests.Enqueue((body, http.Request.Headers.Authorization.ToString()));
        Interlocked.Increment(ref active);
        arrived.Release();
        try
        {
            await (script.TryDequeue(out var answer) ? answer : Otherwise)(http, body);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            broken.Release();
        }
        finally
        {
            Interlocked.Decrement(ref active);
        }
    }
}
