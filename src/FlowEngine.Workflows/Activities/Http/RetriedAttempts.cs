using System.Globalization;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Http;

/// <summary>
/// The attempts of a request that failed for a passing reason and were followed by another, as its answer brings them and its journal keeps them: when,
/// how it went and how long the pause was. What was sent and what came back is no part of it.
/// </summary>
public static class RetriedAttempts
{
    /// <summary>Member of an answer that holds them, and of the journal entry's state.</summary>
    public const string Name = "Retried";

    /// <summary>Name of the entry in the journal.</summary>
    public const string EventName = "Retried";

    /// <summary>The first ones are kept; a policy of thousands does not fill the journal.</summary>
    public const int Most = 100;

    private const int LongestDetail = 300;

    /// <param name="number">From 1.</param>
    /// <param name="answer">A status code, or a failure with its detail.</param>
    public static Dictionary<string, object?> Of(int number, DateTimeOffset at, TimeSpan pause, IReadOnlyDictionary<string, object?> answer)
    {
        var attempt = new Dictionary<string, object?> { ["Number"] = (long)number, ["At"] = at.ToString("O", CultureInfo.InvariantCulture), ["Pause"] = pause.ToString("c") };
        if (answer.GetValueOrDefault("Failure") is not string failure)
        {
            attempt["StatusCode"] = answer.GetValueOrDefault("StatusCode");
            return attempt;
        }

        attempt["Failure"] = failure;
        attempt["Detail"] = answer.GetValueOrDefault("Detail") is string { Length: > LongestDetail } detail ? detail[..LongestDetail] : answer.GetValueOrDefault("Detail");
        return attempt;
    }

    /// <summary>Takes them out of the answer, into the journal.</summary>
    internal static void Note(Execution execution, Dictionary<string, object?> answer)
    {
        if (answer.Remove(Name, out var retried) && retried is List<object?> { Count: > 0 } attempts)
        {
            execution.Burst.Journal(execution, EventName, $"Sent {attempts.Count + 1} times.", state: new Dictionary<string, object?> { [Name] = attempts });
        }
    }
}
