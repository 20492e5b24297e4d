using FlowEngine.Server.Administration;

namespace FlowEngine.Server.Api.Admin;

/// <summary>The labels that people choose from.</summary>
internal static class LabelCalls
{
    private const string Path = "/labels";

    public static void Map(IEndpointRouteBuilder api)
    {
        var room = api.Room(Path);
        room.MapGet("", List).WithSummary("All labels").Produces<Page<Label>>();
        room.MapPost("", Create).Writes<Label>("Create one");
        room.MapPut("/{key}", Update).Writes<Label>("Change one");
    }

    private static async Task<IResult> List(Labels all, string? cursor, int? limit, CancellationToken cancel) =>
        AdminCalls.Paged(await all.List(cancel), cursor, limit);

    private static async Task<IResult> Create(Label body, Labels all, CancellationToken cancel) =>
        Answer(await all.Create(body, cancel));

    private static async Task<IResult> Update(string key, Label body, Labels all, CancellationToken cancel) =>
        Answer(await all.Update(key, body, cancel));

    private static IResult Answer(Saved<Label> saved) => AdminCalls.Answer(saved, "label", one => $"/api{Path}/{one.Name}");
}
