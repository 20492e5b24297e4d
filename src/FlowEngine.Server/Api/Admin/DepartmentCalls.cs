using FlowEngine.Server.Administration;

namespace FlowEngine.Server.Api.Admin;

/// <summary>Departments and who works in them.</summary>
internal static class DepartmentCalls
{
    private const string Path = "/departments";

    public static void Map(IEndpointRouteBuilder api)
    {
        var room = api.Room(Path);
        room.MapGet("", List).WithSummary("All departments").Produces<Page<Department>>();
        room.MapPost("", Create).Writes<Department>("Create one");
        room.MapPut("/{key}", Update).Writes<Department>("Change one");
    }

    private static async Task<IResult> List(Departments all, string? cursor, int? limit, CancellationToken cancel) =>
        AdminCalls.Paged(await all.List(cancel), cursor, limit);

    private static async Task<IResult> Create(DepartmentInput body, Departments all, CancellationToken cancel) =>
        Answer(await all.Create(body, cancel));

    private static async Task<IResult> Update(string key, DepartmentInput body, Departments all, CancellationToken cancel) =>
        Answer(await all.Update(key, body, cancel));

    private static IResult Answer(Saved<Department> saved) => AdminCalls.Answer(saved, "department", one => $"/api{Path}/{one.Key}");
}
