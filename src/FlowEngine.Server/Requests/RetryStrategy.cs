using System.Text.Json;
using System.Text.Json.Serialization;
using FlowEngine.Engine.Tasks;

namespace FlowEngine.Server.Requests;

/// <summary>How the pauses between attempts grow.</summary>
public enum Backoff { Exponential = 0, Linear = 1, Constant = 2 }

/// <summary>How often and after which pauses a request that failed for a passing reason is sent again.</summary>
public sealed record RetryStrategy
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>For people; the id when there is none.</summary>
    public string? DisplayName { get; init; }

    public int MaxRetryAttempts { get; init; } = 3;

    /// <summary>Before the first repetition.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Exponential doubles each further pause, linear adds the first one to it.</summary>
    public Backoff BackoffType { get; init; }

    /// <summary>The pause after an attempt, from 1; null when there is to be no other.</summary>
    public TimeSpan? After(int attempt)
    {
        if (attempt > MaxRetryAttempts)
        {
            return null;
        }

        var times = BackoffType switch { Backoff.Constant => 1L, Backoff.Linear => attempt, _ => 1L << Math.Min(attempt - 1, 20) };
        return TimeSpan.FromTicks(Math.Min(Delay.Ticks * times, MaxDelay.Ticks));
    }

    /// <summary>What a request was asked under: a policy of the configuration by its id, or one that the flow wrote itself. Null is none, or one that nobody knows.</summary>
    public static RetryStrategy? Of(HttpJob job, RequestOptions options)
    {
        if (job.Strategy is null)
        {
            return null;
        }

        using var policy = JsonDocument.Parse(job.Strategy);
        if (policy.RootElement.TryGetProperty("strategyId", out var id))
        {
            return id.ValueKind == JsonValueKind.String ? options.Strategies.GetValueOrDefault(id.GetString()!) : null;
        }

        try
        {
            return policy.RootElement.Deserialize<RetryStrategy>(Written) is { Delay.Ticks: >= 0, MaxDelay.Ticks: >= 0 } own ? own : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
