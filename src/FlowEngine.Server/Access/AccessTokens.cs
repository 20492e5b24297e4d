using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace FlowEngine.Server.Access;

/// <summary>What a token may be used for.</summary>
internal enum TokenUse { Access, Refresh }

/// <summary>
/// Bearer tokens of people, for tools that sign in as an Elsa client does. A token is written like a JWT, because those clients read name and expiry out
/// of it; what vouches for it is its third part, which only this server's key ring can make and read, and which holds the person's security stamp. So it
/// ends at once when the person is deactivated or the password or role changes.
/// </summary>
internal sealed class AccessTokens(IDataProtectionProvider protection, UserManager<AgentUser> users, AgentSignIn signIn, TimeProvider clock)
{
    private static readonly string Header = Base64Url.EncodeToString("""{"typ":"JWT","alg":"FlowEngine"}"""u8);
    private static readonly TimeSpan AccessLifetime = TimeSpan.FromHours(1);

    /// <summary>As long as a session of the screens.</summary>
    private static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(7);

    private readonly IDataProtector protector = protection.CreateProtector("FlowEngine.AccessTokens");

    /// <summary>Whether a bearer token is meant as one of these and not as an API key.</summary>
    public static bool IsMeantBy(string secret) => secret.StartsWith(Header + ".", StringComparison.Ordinal);

    public string Issue(AgentUser agent, TokenUse use)
    {
        var now = clock.GetUtcNow();
        var end = now + (use == TokenUse.Access ? AccessLifetime : RefreshLifetime);
        var payload = new Payload(agent.Id, agent.Name, agent.Email, Roles.Of(agent.Role), use.ToString(), now.ToUnixTimeSeconds(), end.ToUnixTimeSeconds());
        var said = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(payload, JsonSerializerOptions.Web))}";
        return $"{said}.{Base64Url.EncodeToString(protector.Protect(Sealed(said, agent.SecurityStamp)))}";
    }

    /// <summary>Whose token it is; null when it was not made here, is over, is for another use, or its person may not be here any more.</summary>
    public async Task<AgentUser?> Read(string token, TokenUse use)
    {
        var end = token.LastIndexOf('.');
        if (!IsMeantBy(token) || Unsealed(token.AsSpan(end + 1)) is not { } proof || PayloadOf(token[..end]) is not { } payload
            || payload.Use != use.ToString() || payload.Exp <= clock.GetUtcNow().ToUnixTimeSeconds())
        {
            return null;
        }

        return await users.FindByIdAsync(payload.Sub.ToString()) is { } agent
            && CryptographicOperations.FixedTimeEquals(proof, Sealed(token[..end], agent.SecurityStamp)) && await signIn.CanSignInAsync(agent) ? agent : null;
    }

    /// <summary>Of the whole of what the token says, and of the stamp.</summary>
    private static byte[] Sealed(string said, string? stamp) => SHA256.HashData(Encoding.UTF8.GetBytes($"{stamp}\n{said}"));

    private byte[]? Unsealed(ReadOnlySpan<char> part)
    {
        try
        {
            return protector.Unprotect(Base64Url.DecodeFromChars(part));
        }
        catch (Exception bad) when (bad is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private static Payload? PayloadOf(string said)
    {
        try
        {
            return JsonSerializer.Deserialize<Payload>(Base64Url.DecodeFromChars(said.AsSpan(Header.Length + 1)), JsonSerializerOptions.Web);
        }
        catch (Exception bad) when (bad is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>What anybody may read in a token. Times are seconds since 1970.</summary>
    private sealed record Payload(Guid Sub, string? Name, string? Email, string? Role, string? Use, long Iat, long Exp);
}
