using FlowEngine.Server.Access;
using FlowEngine.Server.Administration;

namespace FlowEngine.Server.Api.Admin;

/// <summary>
/// What the administration calls have in common. Their saves name what they save, so that the same request twice is one save: that is
/// how they honour an <c>Idempotency-Key</c> without storing it.
/// </summary>
internal static class AdminCalls
{
    /// <summary>Reading is for the desk (a supervisor must see departments to transfer), writing for administrators unless said otherwise.</summary>
    public static RouteGroupBuilder Room(this IEndpointRouteBuilder api, string path) => api.MapGroup(path).WithTags("Administration").RequireAuthorization(Policies.Desk);

    public static RouteHandlerBuilder Writes<T>(this RouteHandlerBuilder call, string summary, string who = Policies.Admin) => call
        .RequireAuthorization(who)
        .WithSummary(summary)
        .Produces<T>()
        .Produces<T>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    public static IResult Answer<T>(Saved<T> saved, string what, Func<T, string> address) where T : class => saved.Status switch
    {
        SaveStatus.Created => Results.Created(address(saved.Value!), saved.Value),
        SaveStatus.Saved => Results.Ok(saved.Value),
        SaveStatus.Missing => Problems.NotFound(what),
        SaveStatus.Taken => Problems.Conflict("taken", $"There is another {what} by that key."),
        _ => Problems.Invalid(saved.Errors!),
    };

    /// <summary>These lists are short; they are paged like every list, by a cursor that says how many were seen.</summary>
    public static IResult Paged<T>(IReadOnlyList<T> all, string? cursor, int? limit)
    {
        var start = 0;
        if (cursor is not null && (!int.TryParse(cursor, out start) || start < 0))
        {
            return Problems.BadRequest("cursor", "is the nextCursor of an earlier page");
        }

        var items = all.Skip(start).Take(Paging.Limit(limit)).ToList();
        var end = start + items.Count;
        return Results.Ok(new Page<T>(items, end < all.Count ? end.ToString(System.Globalization.CultureInfo.InvariantCulture) : null));
    }
}
