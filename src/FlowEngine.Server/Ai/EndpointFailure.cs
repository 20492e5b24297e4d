using System.ClientModel;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using FlowEngine.Engine.Ai;
using Microsoft.SemanticKernel;

namespace FlowEngine.Server.Ai;

/// <summary>What an endpoint's failure means. Details name status and cause; bodies may hold what a lead wrote and are left out.</summary>
internal static class EndpointFailure
{
    public static ModelReply.Failed Of(Exception failure)
    {
        if (failure is HttpOperationException { StatusCode: { } status } answered)
        {
            return OfStatus(status, answered.ResponseContent ?? "", RetryAfter(answered));
        }

        var causes = Causes(failure).ToList();
        return causes.OfType<ClientResultException>().FirstOrDefault(c => c.Status > 0) is { } result
                ? OfStatus((HttpStatusCode)result.Status, result.Message, RetryAfter(result))
            : causes.Exists(c => c is HttpRequestException or IOException or SocketException) ? new(ModelFailure.Unavailable, $"The endpoint could not be reached, or its answer broke off ({causes[^1].GetType().Name}).")
            : causes.Exists(c => c is OperationCanceledException or TimeoutException) ? new(ModelFailure.Slow, "The endpoint did not answer in time.")
            : causes.Exists(c => c is JsonException) ? new(ModelFailure.Malformed, "The endpoint's answer was no JSON.")
            : new(ModelFailure.Malformed, $"The endpoint's answer could not be read ({failure.GetType().Name}).");
    }

    private static ModelReply.Failed OfStatus(HttpStatusCode status, string body, TimeSpan? retryAfter)
    {
        var code = (int)status;
        return code switch
        {
            401 or 403 => new(ModelFailure.BadKey, $"The endpoint refused the key (HTTP {code})."),
            408 or 504 => new(ModelFailure.Slow, $"The endpoint took too long (HTTP {code})."),
            402 => new(ModelFailure.OverBudget, "The account's quota is used up (HTTP 402)."),
            429 when body.Contains("insufficient_quota", StringComparison.Ordinal) => new(ModelFailure.OverBudget, "The account's quota is used up (HTTP 429)."),
            429 => new(ModelFailure.RateLimited, "The endpoint wants fewer requests (HTTP 429).", null, retryAfter),
            400 when body.Contains("content_filter", StringComparison.Ordinal) => new(ModelFailure.Refused, "The endpoint's filter refused the request (HTTP 400)."),
            >= 500 => new(ModelFailure.Unavailable, $"The endpoint failed (HTTP {code}).", null, retryAfter),
            >= 400 => new(ModelFailure.Rejected, $"The endpoint does not take the request (HTTP {code}): check address and model."),
            _ => new(ModelFailure.Malformed, $"The endpoint's answer could not be read (HTTP {code})."),
        };
    }

    private static TimeSpan? RetryAfter(HttpOperationException answered) => Causes(answered).OfType<ClientResultException>().Select(RetryAfter).FirstOrDefault();

    private static TimeSpan? RetryAfter(ClientResultException answered) =>
        answered.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var wish) == true && double.TryParse(wish, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 86_400
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (Exception? at = failure; at is not null; at = at.InnerException)
        {
            yield return at;
        }
    }
}
