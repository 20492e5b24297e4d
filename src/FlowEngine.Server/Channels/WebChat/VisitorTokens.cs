using System.Buffers.Binary;
using FlowEngine.Engine;
using Microsoft.AspNetCore.DataProtection;

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
    private static readonly TimeSpan TicketLife = TimeSpan.FromDays(1);
    private const string Proof = "FlowEngine.WebChat.Visitor";
    private const string Ticket = "FlowEngine.WebChat.Ticket";
    private const int Longest = 512;

    public ChatVisitor New() => new(ids.Next(), clock.GetUtcNow());

    public bool IsOld(ChatVisitor visitor) => clock.GetUtcNow() - visitor.IssuedAt >= RenewedAfter;

    /// <summary>The same visitor with a token made now.</summary>
    public ChatVisitor Renewed(ChatVisitor visitor) => visitor with { IssuedAt = clock.GetUtcNow() };

    public string Seal(ChatVisitor visitor, string connection) => Seal(visitor, Proof, connection);

    /// <summary>Null for a token that is missing, damaged, of another connection, or too old.</summary>
    public ChatVisitor? Open(string? token, string connection) => Open(token, Proof, connection, Life);

    /// <summary>
    /// What an address of a file says instead of the token, where the page has no cookie: pictures and players send no headers. It lives for a day and opens
    /// files of this visitor only.
    /// </summary>
    public string SealTicket(Guid visitor, string connection) => Seal(new ChatVisitor(visitor, clock.GetUtcNow()), Ticket, connection);

    public ChatVisitor? OpenTicket(string? ticket, string connection) => Open(ticket, Ticket, connection, TicketLife);

    private string Seal(ChatVisitor visitor, string purpose, string connection)
    {
        var plain = new byte[24];
        visitor.Id.TryWriteBytes(plain);
        BinaryPrimitives.WriteInt64BigEndian(plain.AsSpan(16), visitor.IssuedAt.ToUnixTimeMilliseconds());
        return ChatSeal.Close(protection.CreateProtector(purpose, connection), plain);
    }

    private ChatVisitor? Open(string? token, string purpose, string connection, TimeSpan life)
    {
        if (ChatSeal.Open(protection.CreateProtector(purpose, connection), token, Longest) is not { Length: 24 } plain)
        {
            return null;
        }

        var issued = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(plain.AsSpan(16)));
        return clock.GetUtcNow() - issued < life ? new ChatVisitor(new Guid(plain.AsSpan(0, 16)), issued) : null;
    }
}
