using FlowEngine.Server.Requests;
using FlowEngine.Server.Studio.Wire;

namespace FlowEngine.Server.Studio.Descriptors;

/// <summary>The policies for trying HTTP requests again that the server's configuration names (<c>FlowEngine:Requests:Strategies</c>).</summary>
internal static class ResilienceCalls
{
    /// <summary>The only kind of activity that can be tried again by a policy.</summary>
    private const string Category = "HTTP";

    public static void Map(IEndpointRouteBuilder api)
    {
        var options = api.ServiceProvider.GetService<RequestOptions>() ?? new RequestOptions();
        api.MapGet("/resilience/strategies", (HttpRequest request) => ElsaJson.Ok(new ElsaList<Strategy>(
            new ElsaQuery(request).Text("category") is { } category && !category.Equals(Category, StringComparison.OrdinalIgnoreCase) ? []
            : [.. options.Strategies.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => Strategy.Of(s.Key, s.Value))])));
    }

    private sealed record Strategy(string Id, string DisplayName, int MaxRetryAttempts, TimeSpan Delay, TimeSpan MaxDelay, Backoff BackoffType)
    {
        public static Strategy Of(string id, RetryStrategy policy) =>
            new(id, policy.DisplayName ?? id, policy.MaxRetryAttempts, policy.Delay, policy.MaxDelay, policy.BackoffType);
    }
}
