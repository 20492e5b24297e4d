namespace FlowEngine.WaSim.Graph;

/// <summary>A token bucket on the stand-in's clock.</summary>
internal sealed class Bucket(double size, double perSecond, TimeProvider clock)
{
    private readonly double capacity = size;
    private readonly Lock gate = new();
    private double level = size;
    private DateTimeOffset at = clock.GetUtcNow();

    public bool Take()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            level = Math.Min(capacity, level + (now - at).TotalSeconds * perSecond);
            at = now;
            if (level < 1)
                return false;

            level--;
            return true;
        }
    }
}
