using Jint;
using Jint.Native;
using Jint.Runtime.Interop;

namespace FlowEngine.Workflows.Expressions;

/// <summary>Chance that repeats: the burst's seed decides <c>Math.random</c> and new ids (decision 15).</summary>
internal sealed class ScriptRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>SplitMix64, by Steele, Lea and Flood.</summary>
    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 to just under 1, with the 53 bits that a double holds.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A version 4 UUID.</summary>
    public Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Next());
        BitConverter.TryWriteBytes(bytes[8..], Next());
        bytes[6] = (byte)(0x40 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Replaces Math.random where a script can get at it.</summary>
    public static void Install(ScriptHost host, PreparedCode code, HashSet<string> installed)
    {
        if (!code.UsesThis && !code.Globals.Contains("Math") && !code.Globals.Contains("globalThis")) return;
        if (!installed.Add("#random")) return;
        var random = new ClrFunction(host.Engine, "random", (_, _) => JsNumber.Create(host.Burst.Random.NextDouble()));
        host.Engine.Global.Get("Math").AsObject().Set("random", random);
    }
}
