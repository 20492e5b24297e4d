using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FlowEngine.Engine;

/// <summary>
/// What can be seen of the engine from outside: spans and instruments by this name. Without a listener neither is made, and nothing is stored.
/// No tag ever holds a word of a message, a phone number or a name.
/// </summary>
public static class Telemetry
{
    public const string Name = "FlowEngine";

    public static readonly ActivitySource Source = new(Name);

    public static readonly Meter Meter = new(Name);

    /// <summary>The present span in W3C form, to be stored with what it causes later; null unless somebody records it.</summary>
    public static string? CurrentTrace => Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } span ? span.Id : null;

    /// <summary>A span that goes on with <paramref name="cause"/>, also one of another process; without a cause, with the present span if there is one.</summary>
    public static Activity? Start(string name, ActivityKind kind, ActivityContext cause = default, IEnumerable<ActivityLink>? links = null) =>
        Source.StartActivity(name, kind, cause, tags: null, links);

    /// <summary>What <see cref="CurrentTrace"/> stored; default when nothing was.</summary>
    public static ActivityContext Read(string? trace) => ActivityContext.TryParse(trace, null, isRemote: true, out var context) ? context : default;
}
