using System.Security.Cryptography;
using System.Text;

namespace FlowEngine.Server.Hooks;

/// <summary>By what a receiver knows that a call is ours: the HMAC of the raw body under the shared secret.</summary>
public static class HookSignature
{
    public const string Header = "X-FlowEngine-Signature-256";

    /// <summary><c>sha256=</c> and 64 lower-case hex digits.</summary>
    public static string Of(ReadOnlySpan<byte> body, string secret) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
