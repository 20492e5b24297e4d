using System.Buffers.Binary;
using System.Security.Cryptography;
using FlowEngine.Engine;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>Who writes: a random id that only this server can have given, for one connection.</summary>
/// <param name="IssuedAt">When the token that proves it was made.</param>
public readonly record struct ChatVisitor(Guid Id, DateTimeOffset IssuedAt);

/// <summary>
/// The proof of being a visitor: id and time, sealed by Data Protection for one connection. It dies unless it is renewed, and a page that comes
/// back renews it, so that a copy that leaked is of no use for long.
/// </summary>
public sealed class VisitorTokens(IDataProtectionProvider protection, Ids ids, TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(30);
    private static readonly TimeSpan RenewedAfter = TimeSpan.FromDays(1);
    private const int Longest = 512;

    public ChatVisitor New() => new(ids.Next(), clock.GetUtcNow());

    public bool IsOld(ChatVisitor visitor) => clock.GetUtcNow() - visitor.IssuedAt >= RenewedAfter;

    /// <summary>The same visitor with a token made now.</summary>
    public ChatVisitor Renewed(ChatVisitor visitor) => visitor with { IssuedAt = clock.GetUtcNow() };

    public string Seal(ChatVisitor visitor, string connection)
    {
        var plain = new byte[24];
        visitor.Id.TryWriteBytes(plain);
        BinaryPrimitives.WriteInt64BigEndian(plain.AsSpan(16), visitor.IssuedAt.ToUnixTimeMilliseconds());
        return WebEncoders.Base64UrlEncode(ProtectorOf(connection).Protect(plain));
    }

    /// <summary>Null for a token that is missing, damaged, of another connection, or too old.</summary>
    public ChatVisitor? Open(string? token, string connection)
    {
        if (token is not { Length: > 0 and <= Longest })
        {
            return null;
        }

        try
        {
            var plain = ProtectorOf(connection).Unprotect(WebEncoders.Base64UrlDecode(token));
            var issued = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(plain.AsSpan(16)));
            return clock.GetUtcNow() - issued < Life ? new ChatVisitor(new Guid(plain.AsSpan(0, 16)), issued) : null;
        }
        catch (Exception broken) when (broken is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private IDataProtector ProtectorOf(string connection) => protection.CreateProtector("FlowEngine.WebChat.Visitor", connection);
}
