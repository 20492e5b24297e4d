using FlowEngine.Server.Persistence.Rows;
using Microsoft.AspNetCore.Identity;

namespace FlowEngine.Server.Access;

/// <summary>Whether an address and a password belong together, with the lock against guessing. It makes no session.</summary>
internal sealed class PasswordCheck(UserManager<AgentUser> users, AgentSignIn signIn)
{
    /// <summary>An unknown address costs about the same time as a wrong password, and is answered alike.</summary>
    public async Task<(SignInResult Outcome, AgentUser? Agent)> Try(string email, string password)
    {
        if (await users.FindByEmailAsync(email) is { } agent)
        {
            return (await signIn.CheckPasswordSignInAsync(agent, password, lockoutOnFailure: true), agent);
        }

        users.PasswordHasher.HashPassword(new AgentUser { Name = "" }, password);
        return (SignInResult.Failed, null);
    }
}
