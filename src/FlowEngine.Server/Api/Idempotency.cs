using System.Security.Claims;
using FlowEngine.Server.Access;

namespace FlowEngine.Server.Api;

/// <summary>
/// The <c>Idempotency-Key</c> of a request: the same key twice is one effect with one answer. Keys of different callers never meet.
/// </summary>
internal static class Idempotency
{
    public const string Header = "Idempotency-Key";

    private const int MaxLength = 200;

    public static string? Scoped(ClaimsPrincipal user, string scope, string? key) =>
        string.IsNullOrEmpty(key) ? null : $"{scope}:{Actors.IdOf(user)}:{key}";

    public static bool IsUsable(string? key) => string.IsNullOrEmpty(key) || (key.Length <= MaxLength && key.All(c => c is >= ' ' and <= '~'));

    /// <summary>Refuses a key that cannot be kept.</summary>
    public static async ValueTask<object?> Check(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        IsUsable(context.HttpContext.Request.Headers[Header].ToString())
            ? await next(context)
            : Problems.BadRequest(Header, $"has at most {MaxLength} visible ASCII characters");
}
