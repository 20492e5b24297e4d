using System.Net.Http.Headers;
using FlowEngine.Engine.Hooks;
using FlowEngine.Server.Persistence;

namespace FlowEngine.Server.Hooks;

/// <param name="Error">Null when the receiver took it (2xx).</param>
/// <param name="RetryAfter">When the receiver wants to be asked again, if it says so.</param>
public readonly record struct HookAnswer(string? Error, TimeSpan? RetryAfter = null)
{
    public bool Taken => Error is null;
}

/// <summary>One call of a webhook. Redirects are not followed: a body with personal data goes only where the configuration says.</summary>
public sealed class HookPost(TimeProvider clock) : IDisposable
{
    public const string IdHeader = "X-FlowEngine-Event-Id";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        UseCookies = false,
    }) { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<HookAnswer> Send(HookEndpoint endpoint, OwedHook owed, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ByteArrayContent(owed.Body) };
        request.Content.Headers.ContentType = Json;
        request.Headers.TryAddWithoutValidation("User-Agent", "FlowEngine");
        request.Headers.TryAddWithoutValidation(IdHeader, owed.Id.ToString());
        if (endpoint.Secret is { } secret)
        {
            request.Headers.TryAddWithoutValidation(HookSignature.Header, HookSignature.Of(owed.Body, secret));
        }

        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.IsSuccessStatusCode ? default : new HookAnswer($"HTTP {(int)response.StatusCode}", RetryAfter(response.Headers.RetryAfter));
        }
        catch (HttpRequestException lost)
        {
            return new HookAnswer($"{lost.HttpRequestError}: {lost.Message}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new HookAnswer($"no answer within {Patience.TotalSeconds} s");
        }
    }

    public void Dispose() => http.Dispose();

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? wish) => wish?.Delta ?? (wish?.Date - clock.GetUtcNow());
}
