using System.Security.Cryptography;
using System.Text.Json;

namespace FlowEngine.Server.Leads.Imports;

/// <summary>
/// By what a row is known again: what it says, within its sender and the sender's idempotency key. So the same file sent twice makes no second
/// leads, however it was cut into batches.
/// </summary>
internal static class RowKey
{
    public static string Prefix(string sender, string? idempotencyKey) => $"import:{sender}:{idempotencyKey}:";

    public static string Of(string prefix, LeadInput input) =>
        prefix + Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(input, JsonSerializerOptions.Web)).AsSpan(0, 16));
}
