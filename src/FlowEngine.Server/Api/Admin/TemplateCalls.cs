using FlowEngine.Server.Administration;

namespace FlowEngine.Server.Api.Admin;

/// <summary>The message templates that the provider has approved.</summary>
internal static class TemplateCalls
{
    private const string Path = "/templates";

    public static void Map(IEndpointRouteBuilder api)
    {
        var room = api.Room(Path);
        room.MapGet("", List).WithSummary("All templates").Produces<Page<Template>>();
        room.MapPost("", Create).Writes<Template>("Enter one");
        room.MapPut("/{name}/{language}", Update).Writes<Template>("Change one");
    }

    private static async Task<IResult> List(Templates templates, string? cursor, int? limit, CancellationToken cancel) =>
        AdminCalls.Paged(await templates.List(cancel), cursor, limit);

    private static async Task<IResult> Create(Template body, Templates templates, CancellationToken cancel) => Answer(await templates.Create(body, cancel));

    private static async Task<IResult> Update(string name, string language, Template body, Templates templates, CancellationToken cancel) =>
        Answer(await templates.Update(body with { Name = name, Language = language }, cancel));

    private static IResult Answer(Saved<Template> saved) => AdminCalls.Answer(saved, "template", one => $"/api{Path}/{one.Name}/{one.Language}");
}
