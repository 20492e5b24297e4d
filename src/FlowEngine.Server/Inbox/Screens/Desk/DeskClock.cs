using System.Globalization;

namespace FlowEngine.Server.Inbox.Screens.Desk;

/// <summary>The time as this desk shows it: the browser's zone, and a tick every ten seconds for ages and countdowns.</summary>
public sealed class DeskClock(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    private ITimer? timer;

    public event Action? Tick;

    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Begins to tick. An unknown zone name leaves UTC.</summary>
    public void Start(string? zoneName)
    {
        if (zoneName is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zoneName, out var zone))
        {
            Zone = zone;
        }

        timer ??= time.CreateTimer(_ => Tick?.Invoke(), null, Beat, Beat);
    }

    public string Clock(DateTimeOffset at) => Local(at).ToString("t", CultureInfo.CurrentCulture);

    public string Full(DateTimeOffset at) => Local(at).ToString("g", CultureInfo.CurrentCulture);

    /// <summary>For lists: the hour today, the weekday within a week, else the date.</summary>
    public string Brief(DateTimeOffset at)
    {
        var (local, today) = (Local(at), Local(Now).Date);
        return (today - local.Date).Days switch
        {
            <= 0 => local.ToString("t", CultureInfo.CurrentCulture),
            < 7 => local.ToString("ddd", CultureInfo.CurrentCulture),
            _ => local.ToString("d MMM", CultureInfo.CurrentCulture),
        };
    }

    public DateOnly Today => DateOnly.FromDateTime(Local(Now).DateTime);

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    public void Dispose() => timer?.Dispose();
}
