using FlowEngine.Server.Requests;
using FlowEngine.Server.Studio.Wire;

namespace FlowEngine.Server.Studio.Descriptors;

/// <summary>
/// The policies for trying HTTP requests again that the server's configuration names (<c>FlowEngine:Requests:Strategies</c>), for the Studio's tab <i>Resilience</i>.
/// </summary>
internal static class ResilienceCalls
{
    /// <summary>The only kind of activity that can be tried again by a policy.</summary>
    public const string Category = "HTTP";

    // As the 3.8.2 tab asks before it has read the activity's own.
    private const string AnyCategory = "Default";

    /// <summary>Activities whose work is repeated by a policy.</summary>
    public static bool IsResilient(string type) => type is "Elsa.SendHttpRequest" or "Elsa.FlowSendHttpRequest";

    public static void Map(IEndpointRouteBuilder api)
    {
        var options = api.ServiceProvider.GetService<RequestOptions>() ?? new RequestOptions();
        api.MapGet("/resilience/strategies", (HttpRequest request) => ElsaJson.Ok(new ElsaList<Strategy>(
            new ElsaQuery(request).Text("category") is { } category && category != AnyCategory && !category.Equals(Category, StringComparison.OrdinalIgnoreCase) ? []
            : [.. options.Strategies.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => Strategy.Of(s.Key, s.Value))])));
    }

    private sealed record Strategy(string Id, string DisplayName, int MaxRetryAttempts, TimeSpan Delay, TimeSpan MaxDelay, Backoff BackoffType)
    {
        public static Strategy Of(string id, RetryStrategy policy) =>
            new(id, policy.DisplayName ?? ActivityView.ForPeople(char.ToUpperInvariant(id[0]) + id[1..]), policy.MaxRetryAttempts, policy.Delay, policy.MaxDelay, policy.BackoffType);
    }
}
