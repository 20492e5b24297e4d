using System.Globalization;
using Jint.Runtime;

namespace FlowEngine.Workflows.Expressions;

/// <summary>The time of the burst, for <c>new Date()</c>: the same when the burst is replayed (decision 15). Local time is UTC.</summary>
internal sealed class ScriptClock(DateTimeOffset now) : ITimeSystem
{
    private static readonly DefaultTimeSystem Utc = new(TimeZoneInfo.Utc, CultureInfo.InvariantCulture);

    public TimeZoneInfo DefaultTimeZone => TimeZoneInfo.Utc;

    public DateTimeOffset GetUtcNow() => now;

    public bool TryParse(string date, out long epochMilliseconds) => Utc.TryParse(date, out epochMilliseconds);

    public TimeSpan GetUtcOffset(long epochMilliseconds) => TimeSpan.Zero;
}
