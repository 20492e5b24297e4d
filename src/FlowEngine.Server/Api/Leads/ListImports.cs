using FlowEngine.Server.Access;
using FlowEngine.Server.Leads.Imports;

namespace FlowEngine.Server.Api.Leads;

/// <summary><c>GET /api/leads/imports</c> and <c>/api/leads/imports/{id}</c>: how far large imports are, and what is wrong with which row.</summary>
internal static class ListImports
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var room = api.MapGroup("/leads/imports").WithTags("Leads").RequireAuthorization(Policies.Leads);
        room.MapGet("", List).WithSummary("The newest large imports").Produces<Page<ImportJson>>();
        room.MapGet("/{id:guid}", Find).WithSummary("Progress of a large import, with a page of its rows in error").Produces<ImportJson>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> List(StoredImports imports, int? limit, CancellationToken cancel) =>
        Results.Ok(new Page<ImportJson>([.. (await imports.Latest(Paging.Limit(limit), cancel)).Select(i => ImportJson.Of(i, [], null))], null));

    private static async Task<IResult> Find(Guid id, StoredImports imports, string? cursor, int? limit, CancellationToken cancel)
    {
        var after = 0;
        if (cursor is not null && !int.TryParse(cursor, System.Globalization.CultureInfo.InvariantCulture, out after))
        {
            return Problems.BadRequest("cursor", "is the nextCursor of an earlier page");
        }

        if (await imports.Find(id, cancel) is not { } import)
        {
            return Problems.NotFound("import");
        }

        var most = Paging.Limit(limit);
        var errors = await imports.Errors(id, after, most, cancel);
        var next = errors.Count == most ? errors[^1].Row.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        return Results.Ok(ImportJson.Of(import, errors, next));
    }
}

/// <param name="State">working or finished.</param>
/// <param name="Rows">Rows of the file.</param>
/// <param name="Errors">How many of them were not taken.</param>
/// <param name="Problems">A page of those.</param>
internal sealed record ImportJson(
    Guid Id, string State, string? FileName, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, int Rows, int Done, int Created, int Duplicates, int Errors,
    IReadOnlyList<RowErrors> Problems, string? NextCursor)
{
    public static ImportJson Of(ImportProgress i, IReadOnlyList<RowErrors> problems, string? nextCursor) =>
        new(i.Id, i.State, i.FileName, i.CreatedBy, i.CreatedAt, i.FinishedAt, i.Rows, i.Done, i.Created, i.Duplicates, i.Errors, problems, nextCursor);
}
