using System.Text.Json;
using FlowEngine.Server.Media;
using Microsoft.AspNetCore.DataProtection;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>
/// The proof that a visitor has brought a file: a message names its file by it, so that nobody gets hold of a file by knowing its hash. It is good for a day
/// and for that visitor only; the server keeps nothing of it.
/// </summary>
public sealed class FileReceipts(IDataProtectionProvider protection, KeepFile files, TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(1);
    private const int Longest = 4096;

    public string Seal(KeptFile file, string connection, Guid visitor) =>
        ChatSeal.Close(ProtectorOf(connection, visitor), JsonSerializer.SerializeToUtf8Bytes(new Receipt(file, clock.GetUtcNow())));

    /// <summary>Null for a receipt that is damaged, of another visitor or connection, or too old, and for a file that is not here any more.</summary>
    public KeptFile? Open(string receipt, string connection, Guid visitor)
    {
        if (ChatSeal.Open(ProtectorOf(connection, visitor), receipt, Longest) is not { } plain
            || JsonSerializer.Deserialize<Receipt>(plain) is not { } read || clock.GetUtcNow() - read.At >= Life)
        {
            return null;
        }

        return files.Find(read.File.Sha256, read.File.MimeType, read.File.FileName) is null ? null : read.File;
    }

    private IDataProtector ProtectorOf(string connection, Guid visitor) => protection.CreateProtector("FlowEngine.WebChat.File", connection, visitor.ToString("N"));

    private sealed record Receipt(KeptFile File, DateTimeOffset At);
}
