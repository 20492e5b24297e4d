using System.Diagnostics;
using FlowEngine.Engine.Timers;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Engine.Mailbox;

/// <summary>The door for everything that channels, forms and imports bring: stored durably first, then its mailboxes are woken.</summary>
public sealed class Intake(ITurnStore store, Drain drain, DueSignal due, TimeProvider clock)
{
    /// <summary>When this returns the events survive a crash, and the provider may be answered 200.</summary>
    public async ValueTask<IReadOnlyList<AppendResult>> Accept(IReadOnlyList<NewEvent> events, CancellationToken cancel)
    {
        if (events.Count == 0)
        {
            return [];
        }

        using var span = Telemetry.Start("append", ActivityKind.Producer);
        var results = await store.Append(span is null ? events : [.. events.Select(e => e.Traced())], clock.GetUtcNow(), cancel);

        // Commit 1 is behind us. If the process dies here, the sweep of the next start finds the events pending.
        foreach (var result in results)
        {
            if (result is { Status: AppendStatus.Appended, Elsewhere: false })
            {
                drain.Wake(result.Mailbox);
            }
        }

        if (results.Any(r => r.Others > 0))
        {
            due.DueAt(clock.GetUtcNow());
        }

        return results;
    }
}
