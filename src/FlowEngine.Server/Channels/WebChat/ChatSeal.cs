using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>What the page keeps for the server: only the server can have made it, and nobody reads it.</summary>
internal static class ChatSeal
{
    public static string Close(IDataProtector protector, byte[] plain) => WebEncoders.Base64UrlEncode(protector.Protect(plain));

    /// <summary>Null for what is missing, longer than that in characters, damaged, or sealed for something else.</summary>
    public static byte[]? Open(IDataProtector protector, string? closed, int longest)
    {
        if (closed is null || closed.Length == 0 || closed.Length > longest)
        {
            return null;
        }

        try
        {
            return protector.Unprotect(WebEncoders.Base64UrlDecode(closed));
        }
        catch (Exception broken) when (broken is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
