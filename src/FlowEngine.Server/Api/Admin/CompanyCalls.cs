using FlowEngine.Server.Administration;

namespace FlowEngine.Server.Api.Admin;

/// <summary>The company's time zone and business hours.</summary>
internal static class CompanyCalls
{
    private const string Path = "/company";

    public static void Map(IEndpointRouteBuilder api)
    {
        var room = api.Room(Path);
        room.MapGet("", Find).WithSummary("Time zone and business hours").Produces<Company>();
        room.MapPut("", Save).Writes<Company>("Change them");
    }

    private static async Task<IResult> Find(CompanySettings company, CancellationToken cancel) => Results.Ok(await company.Find(cancel));

    private static async Task<IResult> Save(Company body, CompanySettings company, CancellationToken cancel) =>
        AdminCalls.Answer(await company.Save(body, cancel), "company", _ => $"/api{Path}");
}
