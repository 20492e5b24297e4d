using System.Globalization;
using System.Security.Claims;
using FlowEngine.Server.Access;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Api.Admin;
using FlowEngine.Server.Knowledge;

namespace FlowEngine.Server.Api.Knowledge;

/// <summary>The articles that answers are grounded in. The desk reads them, supervisors and administrators write them.</summary>
internal static class KnowledgeCalls
{
    private const string Path = "/knowledge";

    public static void Map(IEndpointRouteBuilder api)
    {
        var room = api.Room(Path).WithTags("Knowledge");
        room.MapGet("", List).WithSummary("Articles by title, without their texts; q is part of the title").Produces<Page<ArticleLine>>();
        room.MapGet("/{id:guid}", Find).WithSummary("One article").Produces<Article>().ProducesProblem(StatusCodes.Status404NotFound);
        room.MapPost("", Create).Writes<Article>("Write an article", Policies.Supervisor);
        room.MapPut("/{id:guid}", Update).Writes<Article>("Edit an article; 409 when it was changed since the given version", Policies.Supervisor);
        room.MapDelete("/{id:guid}", Delete).WithSummary("Delete an article").RequireAuthorization(Policies.Supervisor)
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        SearchKnowledge.Map(room);
        ImportKnowledge.Map(room);
    }

    private static async Task<IResult> List(
        Articles articles, string? q, string? language, bool? active, string? cursor, int? limit, CancellationToken cancel)
    {
        var seen = 0;
        if (cursor is not null && (!int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out seen) || seen < 0))
        {
            return Problems.BadRequest("cursor", "is the nextCursor of an earlier page");
        }

        var size = Paging.Limit(limit);
        var found = await articles.List(new ArticleFilter(q, language, active), seen, size, cancel);
        var next = found.Count > size ? (seen + size).ToString(CultureInfo.InvariantCulture) : null;
        return Results.Ok(new Page<ArticleLine>([.. found.Take(size)], next));
    }

    private static async Task<IResult> Find(Guid id, Articles articles, CancellationToken cancel) =>
        await articles.Find(id, cancel) is { } article ? Results.Ok(article) : Problems.NotFound("article");

    private static async Task<IResult> Create(ArticleInput body, Articles articles, ClaimsPrincipal user, CancellationToken cancel) =>
        Answer(await articles.Create(body, NameOf(user), cancel));

    private static async Task<IResult> Update(Guid id, ArticleInput body, Articles articles, ClaimsPrincipal user, CancellationToken cancel) =>
        Answer(await articles.Update(id, body, NameOf(user), cancel));

    private static async Task<IResult> Delete(Guid id, long? version, Articles articles, CancellationToken cancel) =>
        await articles.Delete(id, version, cancel) is { Status: not SaveStatus.Saved } refused ? Answer(refused) : Results.NoContent();

    internal static string NameOf(ClaimsPrincipal user) => user.Identity?.Name ?? "";

    private static IResult Answer(Saved<Article> saved)
    {
        if (saved is not { Status: SaveStatus.Stale, Value: { } now })
        {
            return AdminCalls.Answer(saved, "article", article => $"/api{Path}/{article.Id}");
        }

        var problem = Problems.With(StatusCodes.Status409Conflict, "stale", $"{now.ChangedBy} has changed the article since.");
        (problem.Extensions["version"], problem.Extensions["changedBy"], problem.Extensions["changedAt"]) = (now.Version, now.ChangedBy, now.ChangedAt);
        return Results.Problem(problem);
    }
}
