using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FlowEngine.WaSim;

/// <summary>Everything random in the stand-in: repeatable for a seed, safe for many threads. SplitMix64, which is even enough for ids and delays.</summary>
internal sealed class Chance(int? seed)
{
    private readonly Lock gate = new();
    private ulong state = seed is { } known ? (ulong)known : BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>An id in the provider's form.</summary>
    public string MessageId() => "wamid." + Convert.ToBase64String(Bytes(24));

    public string Word(int bytes) => Convert.ToHexStringLower(Bytes(bytes));

    /// <summary>A number of so many digits, none of them a leading zero.</summary>
    public string Digits(int count) => string.Concat(Bytes(count).Select((value, place) => place == 0 ? (char)('1' + value % 9) : (char)('0' + value % 10)));

    /// <summary>The time, half as much more or less.</summary>
    public TimeSpan Around(TimeSpan time)
    {
        lock (gate)
        {
            return time * (0.5 + (Next() >> 11) / (double)(1UL << 53));
        }
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Span<byte> eight = stackalloc byte[sizeof(ulong)];
        lock (gate)
        {
            for (var at = 0; at < count; at += eight.Length)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(eight, Next());
                eight[..Math.Min(eight.Length, count - at)].CopyTo(bytes.AsSpan(at));
            }
        }

        return bytes;
    }

    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
