using FlowEngine.Server.Access;
using FlowEngine.Server.Telemetry;

namespace FlowEngine.Server.Api;

/// <summary><c>GET /api/health/invariants</c>: the watchdog's check, now and over the last hours.</summary>
internal static class CheckInvariants
{
    private const int MostHours = 72;

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/health/invariants", Handle)
        .RequireAuthorization(Policies.Admin)
        .WithSummary("Whether the rules of ownership hold in the database; hours = how far back messages are looked at")
        .WithTags("Health")
        .Produces<InvariantReport>();

    private static async Task<IResult> Handle(int? hours, Invariants invariants, CancellationToken cancel) =>
        Results.Ok(await invariants.Check(TimeSpan.FromHours(Math.Clamp(hours ?? 1, 1, MostHours)), cancel));
}
