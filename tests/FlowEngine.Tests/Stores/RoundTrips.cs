using System.Diagnostics;

namespace FlowEngine.Tests.Stores;

/// <summary>Counts what goes to one database of PostgreSQL while it lives: the driver tells of each command or batch as one activity.</summary>
public sealed class RoundTrips : IDisposable
{
    private readonly ActivityListener listener;
    private int count;

    public RoundTrips(string database)
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TagObjects.Any(tag => tag.Key is "db.namespace" or "db.name" && (tag.Value as string)?.Contains(database, StringComparison.Ordinal) == true))
                {
                    Interlocked.Increment(ref count);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    public int Count => Volatile.Read(ref count);

    public void Dispose() => listener.Dispose();
}
