using System.Security.Cryptography;
using System.Text;

namespace FlowEngine.Server.Access;

/// <param name="Id">Stable for the key's name, so that a changed secret stays the same actor in the history.</param>
public sealed record ApiKey(Guid Id, string Name, string Role);

/// <summary>The keys of the configuration (<c>FlowEngine:ApiKeys:N:{Name,Key,Role}</c>), kept only as hashes.</summary>
public sealed class ApiKeyBook
{
    private readonly IReadOnlyList<(byte[] Hash, ApiKey Key)> keys;

    private ApiKeyBook(IReadOnlyList<(byte[] Hash, ApiKey Key)> keys) => this.keys = keys;

    /// <exception cref="InvalidOperationException">A key lacks a name, a secret of 16 characters or more, or a known role; or a name or secret is used twice.</exception>
    public static ApiKeyBook Read(IConfiguration configuration)
    {
        var keys = new List<(byte[] Hash, ApiKey Key)>();
        foreach (var section in configuration.GetSection("FlowEngine:ApiKeys").GetChildren())
        {
            var (name, secret, role) = (section["Name"], section["Key"], section["Role"]?.ToLowerInvariant());
            Require(!string.IsNullOrWhiteSpace(name), section, "needs a Name");
            Require(secret is { Length: >= 16 }, section, "needs a Key of at least 16 characters");
            Require(role is not null && Roles.All.Contains(role), section, $"needs a Role of {string.Join(", ", Roles.All)}");
            var hash = Hash(secret!);
            Require(!keys.Any(k => k.Key.Name == name || k.Hash.AsSpan().SequenceEqual(hash)), section, "repeats a Name or a Key");
            keys.Add((hash, new ApiKey(IdOf(name!), name!, role!)));
        }

        return new ApiKeyBook(keys);
    }

    /// <summary>Compares with every key in constant time, so that the time taken tells nothing of what matched.</summary>
    public ApiKey? Find(string secret)
    {
        var hash = Hash(secret);
        ApiKey? found = null;
        foreach (var (known, key) in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(known, hash))
            {
                found = key;
            }
        }

        return found;
    }

    /// <summary>Whether there is a key of that name and role.</summary>
    public bool IsNamed(string name, string role) => keys.Any(k => k.Key.Name == name && k.Key.Role == role);

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>A UUID of version 8 (RFC 9562, 5.8) made of the name.</summary>
    private static Guid IdOf(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes("FlowEngine API key " + name)).AsSpan(0, 16);
        bytes[6] = (byte)(0x80 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    private static void Require(bool holds, IConfigurationSection section, string rule)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"{section.Path} {rule}.");
        }
    }
}
