using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>
/// The check of <c>X-Hub-Signature-256</c>: HMAC-SHA256 with the app's secret over the bytes as received. The body may carry escapes that
/// parsing and writing again would change, so nothing is parsed before (cloud-api.md section 1.2).
/// </summary>
public static class WebhookSignature
{
    private const string Prefix = "sha256=";

    /// <summary>False for a header that is missing, malformed or wrong. The comparison takes the same time wherever they differ.</summary>
    public static bool Matches(string? header, ReadOnlySequence<byte> body, string? secret)
    {
        if (string.IsNullOrEmpty(secret) || header is null || !header.StartsWith(Prefix, StringComparison.Ordinal))
            return false;

        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var digits = header.AsSpan(Prefix.Length);
        if (digits.Length != 2 * given.Length || Convert.FromHexString(digits, given, out _, out _) != OperationStatus.Done)
            return false;

        Span<byte> ours = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Compute(body, secret, ours);
        return CryptographicOperations.FixedTimeEquals(given, ours);
    }

    private static void Compute(ReadOnlySequence<byte> body, string secret, Span<byte> hash)
    {
        var key = Encoding.UTF8.GetBytes(secret);
        if (body.IsSingleSegment)
        {
            HMACSHA256.HashData(key, body.FirstSpan, hash);
            return;
        }

        using var incremental = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var segment in body)
            incremental.AppendData(segment.Span);
        incremental.GetHashAndReset(hash);
    }
}
