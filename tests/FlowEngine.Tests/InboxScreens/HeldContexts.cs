using FlowEngine.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Tests.InboxScreens;

/// <summary>A database that lets one question wait while it answers those that come after it.</summary>
internal sealed class HeldContexts(IDbContextFactory<FlowEngineContext> real) : IDbContextFactory<FlowEngineContext>
{
    private TaskCompletionSource? held;

    /// <summary>The next question waits until this is set.</summary>
    public TaskCompletionSource HoldNext() => held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FlowEngineContext CreateDbContext() => real.CreateDbContext();

    public async Task<FlowEngineContext> CreateDbContextAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref held, null) is { } mine)
        {
            await mine.Task;
        }

        return await real.CreateDbContextAsync(cancellationToken);
    }
}
