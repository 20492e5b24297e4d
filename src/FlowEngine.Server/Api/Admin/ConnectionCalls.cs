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
    }

    private static async Task<IResult> List(Connections all, string? cursor, int? limit, CancellationToken cancel) =>
        AdminCalls.Paged(await all.List(cancel), cursor, limit);

    private static async Task<IResult> Create(ConnectionInput body, Connections all, CancellationToken cancel) =>
        Answer(await all.Create(body, cancel));

    private static async Task<IResult> Update(string key, ConnectionInput body, Connections all, CancellationToken cancel) =>
        Answer(await all.Update(key, body, cancel));

    private static IResult Answer(Saved<ConnectionView> saved) => AdminCalls.Answer(saved, "connection", one => $"/api{Path}/{one.Key}");
}
