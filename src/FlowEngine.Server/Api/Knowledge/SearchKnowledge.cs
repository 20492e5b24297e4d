using FlowEngine.Server.Knowledge;
using FlowEngine.Server.Knowledge.Search;

namespace FlowEngine.Server.Api.Knowledge;

/// <summary><c>GET /api/knowledge/search</c>: what would be found for a question, and what would be quoted to a lead without a language model.</summary>
internal static class SearchKnowledge
{
    private const int Default = 5;
    private const int Most = 50;

    public static void Map(IEndpointRouteBuilder room) => room.MapGet("/search", Handle)
        .WithSummary("Passages for a question, and the quotation that would answer it; null when none does surely")
        .Produces<KnowledgeFound>()
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> Handle(string? q, string? language, int? limit, KnowledgeSearch search, KnowledgeOptions options, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(q))
        {
            return Problems.BadRequest("q", "is the question");
        }

        var found = await search.Find(q, language, Math.Clamp(limit ?? Default, 1, Most), cancel);
        return Results.Ok(new KnowledgeFound(found, Quotation.From([.. found.Select(p => p.AsPassage())], options)));
    }
}

/// <param name="Passages">Best first.</param>
internal sealed record KnowledgeFound(IReadOnlyList<FoundPassage> Passages, Quotation? Answer);
