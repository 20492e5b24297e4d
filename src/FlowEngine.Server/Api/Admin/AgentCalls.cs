using FlowEngine.Server.Administration;

namespace FlowEngine.Server.Api.Admin;

/// <summary>The people who work here.</summary>
internal static class AgentCalls
{
    private const string Path = "/agents";

    public static void Map(IEndpointRouteBuilder api)
    {
        var room = api.Room(Path);
        room.MapGet("", List).WithSummary("All people").Produces<Page<AgentView>>();
        room.MapPost("", Create).Writes<AgentView>("Create one, with a first password");
        room.MapPut("/{id:guid}", Update).Writes<AgentView>("Change name, role, departments or password; deactivate");
    }

    private static async Task<IResult> List(Agents agents, string? cursor, int? limit, CancellationToken cancel) =>
        AdminCalls.Paged(await agents.List(cancel), cursor, limit);

    private static async Task<IResult> Create(AgentInput body, Agents agents, CancellationToken cancel) => Answer(await agents.Create(body, cancel));

    private static async Task<IResult> Update(Guid id, AgentInput body, Agents agents, CancellationToken cancel) => Answer(await agents.Update(id, body, cancel));

    private static IResult Answer(Saved<AgentView> saved) => AdminCalls.Answer(saved, "agent", agent => $"/api{Path}/{agent.Id}");
}
