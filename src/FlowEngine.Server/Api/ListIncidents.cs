using FlowEngine.Server.Access;
using FlowEngine.Server.Inbox;

namespace FlowEngine.Server.Api;

/// <summary>The view of failures by cause, also of those that block nothing; for who looks after automations.</summary>
internal static class ListIncidents
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/incidents", Handle)
        .RequireAuthorization(Policies.Supervisor)
        .WithSummary("Failures, newest first")
        .WithTags("Conversations")
        .Produces<Page<FailureRow>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<IResult> Handle(bool? open, bool? blocking, string? category, string? cursor, int? limit, InboxQueries inbox, CancellationToken cancel)
    {
        if (cursor is not null && !InboxCursor.TryRead(cursor, out _))
        {
            return Problems.BadRequest("cursor", "is the nextCursor of an earlier page");
        }

        var page = await inbox.Failures(new FailureFilter(open, blocking, string.IsNullOrWhiteSpace(category) ? null : category.Trim()), cursor, Paging.Limit(limit), cancel);
        return Results.Ok(new Page<FailureRow>(page.Items, page.NextCursor));
    }
}
