using System.Security.Cryptography;
using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Access;

/// <param name="Password">In clear, to be printed once by the caller and kept nowhere; null when it was given by the configuration.</param>
public sealed record FirstAdminMade(string Email, string? Password);

/// <summary>The first administrator, made when nobody works here yet (<c>FlowEngine:Admin:{Email,Password}</c>).</summary>
public sealed class FirstAdmin(UserManager<AgentUser> users, IConfiguration configuration, Ids ids, TimeProvider clock)
{
    // Without letters that look alike on paper or on a screen.
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>Null when there are people already.</summary>
    /// <exception cref="InvalidOperationException">The configured e-mail or password does not fit the rules; the message says which.</exception>
    public async Task<FirstAdminMade?> Ensure(CancellationToken cancel)
    {
        if (await users.Users.AnyAsync(cancel))
        {
            return null;
        }

        var email = Or(configuration["FlowEngine:Admin:Email"], "admin@localhost");
        var given = configuration["FlowEngine:Admin:Password"];
        var password = Or(given, RandomNumberGenerator.GetString(Letters, 16));
        var admin = new AgentUser { Id = ids.Next(), UserName = email, Email = email, Name = "Admin", Role = Role.Admin, CreatedAt = clock.GetUtcNow() };
        var made = await users.CreateAsync(admin, password);
        return made.Succeeded
            ? new FirstAdminMade(email, string.IsNullOrEmpty(given) ? password : null)
            : throw new InvalidOperationException("FlowEngine:Admin: " + string.Join(" ", made.Errors.Select(e => e.Description)));
    }

    private static string Or(string? value, string otherwise) => string.IsNullOrEmpty(value) ? otherwise : value;
}
