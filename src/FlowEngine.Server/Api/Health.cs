using FlowEngine.Server.Nodes;
using FlowEngine.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Api;

/// <summary>Probes: <c>/health/live</c> while the process answers at all, <c>/health/ready</c> while it can serve and does not leave.</summary>
internal sealed class Health(IDbContextFactory<FlowEngineContext> contexts, Leaving leaving, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet("/health/ready", async (Health health, CancellationToken cancel) => await health.WhyNotReady(cancel) is { } reason
            ? Results.Text(reason, statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ready")).AllowAnonymous().ExcludeFromDescription();
    }

    private async Task<string?> WhyNotReady(CancellationToken cancel) =>
        leaving.HasBegun ? "leaving" : await DatabaseAnswers(cancel) ? null : "database does not answer";

    private async Task<bool> DatabaseAnswers(CancellationToken cancel)
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
