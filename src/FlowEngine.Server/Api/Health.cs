using FlowEngine.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Api;

/// <summary>Probes: <c>/health/live</c> while the process answers at all, <c>/health/ready</c> while it can serve.</summary>
internal sealed class Health(IDbContextFactory<FlowEngineContext> contexts)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet("/health/ready", async (Health health, TimeProvider clock, CancellationToken cancel) => await health.IsReady(clock, cancel)
            ? Results.Text("ready")
            : Results.Text("database does not answer", statusCode: StatusCodes.Status503ServiceUnavailable)).AllowAnonymous().ExcludeFromDescription();
    }

    private async Task<bool> IsReady(TimeProvider clock, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(either.Token);
            await db.Settings.AsNoTracking().AnyAsync(either.Token);
            return true;
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
