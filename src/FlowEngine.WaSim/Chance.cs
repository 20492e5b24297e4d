using System.Security.Cryptography;

namespace FlowEngine.WaSim;

/// <summary>Everything random in the stand-in: repeatable for a seed, safe for many threads.</summary>
internal sealed class Chance
{
    private readonly Lock gate = new();
    private readonly Random random;

    public Chance(int? seed)
    {
#pragma warning disable RS0030 // this is where the seed comes in from outside
        random = new Random(seed ?? RandomNumberGenerator.GetInt32(int.MaxValue));
#pragma warning restore RS0030
    }

    /// <summary>An id in the provider's form.</summary>
    public string MessageId() => "wamid." + Convert.ToBase64String(Bytes(18));

    public string Word(int bytes) => Convert.ToHexStringLower(Bytes(bytes));

    /// <summary>The time, half as much more or less.</summary>
    public TimeSpan Around(TimeSpan time)
    {
        lock (gate)
        {
            return time * (0.5 + random.NextDouble());
        }
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        lock (gate)
        {
            random.NextBytes(bytes);
        }

        return bytes;
    }
}
