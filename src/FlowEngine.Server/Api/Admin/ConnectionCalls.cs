using System.Security.Claims;
using FlowEngine.Server.Access;
using FlowEngine.Server.Administration;

namespace FlowEngine.Server.Api.Admin;

/// <summary>Business numbers and chats. Secrets are only written; what is shown of them are the last four characters.</summary>
internal static class ConnectionCalls
{
    private const string Path = "/connections";

    public static void Map(IEndpointRouteBuilder api)
    {
        var room = api.Room(Path);
        room.MapGet("", List).WithSummary("All connections").Produces<Page<ConnectionView>>();
        room.MapPost("", Create).Writes<ConnectionView>("Create one");
        room.MapPut("/{key}", Update).Writes<ConnectionView>("Change one");
        room.MapPost("/{key}/retry", Retry)
            .RequireAuthorization(Policies.Admin)
            .WithSummary("The connection works again: what waits for it is sent, in order")
            .Produces(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> List(Connections all, string? cursor, int? limit, CancellationToken cancel) =>
        AdminCalls.Paged(await all.List(cancel), cursor, limit);

    private static async Task<IResult> Create(ConnectionInput body, Connections all, CancellationToken cancel) =>
        Answer(await all.Create(body, cancel));

    private static async Task<IResult> Update(string key, ConnectionInput body, Connections all, CancellationToken cancel) =>
        Answer(await all.Update(key, body, cancel));

    private static IResult Retry(string key, ClaimsPrincipal user, Connections all) =>
        all.Retry(key, Actors.Of(user)) ? Results.Accepted() : Problems.NotFound("connection");

    private static IResult Answer(Saved<ConnectionView> saved) => AdminCalls.Answer(saved, "connection", one => $"/api{Path}/{one.Key}");
}
