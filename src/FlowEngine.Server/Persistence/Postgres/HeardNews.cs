using System.Globalization;
using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Hooks;
using FlowEngine.Engine.Live;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Timers;
using FlowEngine.Engine.Turns;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>What this node does with what another one said: wakes, tells its callers and its desks. The facts are read from the tables.</summary>
public sealed partial class HeardNews(
    IDbContextFactory<FlowEngineContext> contexts, ITurnStore store, Drain drain, DueSignal due, HookSignal hooks, CommandWaiters waiters, RunWaiters callers, LiveFeed live,
    ILogger<HeardNews> log)
{
    private const string Anybody = "*";

    /// <summary>A mailbox has something to do, for the node that holds it or for anybody.</summary>
    public void Wake(string payload, NodeId node)
    {
        var (mailbox, holder) = payload.Split(' ') is [var first, var second] ? (first, second) : (Anybody, Anybody);
        if (mailbox == Anybody)
        {
            due.DueAt(DateTimeOffset.MinValue);
        }
        else if ((holder == Anybody || holder == node.Value) && Guid.TryParse(mailbox, out var id))
        {
            drain.Wake(id);
        }
    }

    /// <summary>See <see cref="SpokenNews"/>. What this node said itself it knows.</summary>
    public void Tell(string payload, NodeId node)
    {
        var lines = payload.Split('\n');
        if (lines[0] != node.Value)
        {
            _ = Tell(lines[1..]);
        }
    }

    /// <summary>Something may have been said that was not heard.</summary>
    public void Missed()
    {
        due.DueAt(DateTimeOffset.MinValue);
        hooks.Wake();
        live.Missed();
        _ = TellCallers([.. waiters.Awaited, .. callers.Awaited]);
    }

    private async Task Tell(string[] lines)
    {
        if (lines.Contains("h"))
        {
            hooks.Wake();
        }

        await TellCallers([.. lines.Where(l => l.StartsWith("t ", StringComparison.Ordinal)).Select(l => Guid.Parse(l[2..])).Where(e => waiters.IsAwaited(e) || callers.IsAwaited(e))]);
        await TellDesks([.. lines.Where(l => l.StartsWith("c ", StringComparison.Ordinal)).Select(l => l.Split(' '))]);
    }

    private async Task TellCallers(List<Guid> entries)
    {
        foreach (var entry in entries)
        {
            try
            {
                await TellCaller(entry);
            }
            // Its caller looks by itself when its time is over.
            catch (Exception broken)
            {
                LogUnread(broken);
            }
        }
    }

    private async Task TellCaller(Guid entry)
    {
        if (waiters.IsAwaited(entry))
        {
            if (await store.FindOutcome(entry, CancellationToken.None) is { } outcome)
            {
                waiters.Complete(entry, outcome);
            }
        }
        else if (await store.FindRunOutcome(entry, CancellationToken.None) is { } answered)
        {
            callers.Complete(entry, answered);
        }
    }

    /// <summary>Only while somebody looks at a screen here: who owns it now and where it stands is read from the table.</summary>
    private async Task TellDesks(List<string[]> changes)
    {
        if (changes.Count == 0 || !live.HasListeners)
        {
            return;
        }

        try
        {
            var ids = changes.Select(c => Guid.Parse(c[1])).Distinct().ToList();
            await using var db = await contexts.CreateDbContextAsync();
            var rows = await db.Conversations.AsNoTracking().Where(c => ids.Contains(c.Id))
                .Select(c => new { c.Id, c.OwnerKind, c.OwnerId, c.OwnerName, c.Connection, c.Department, c.ResponsibleId })
                .ToDictionaryAsync(c => c.Id);
            foreach (var change in changes)
            {
                if (rows.TryGetValue(Guid.Parse(change[1]), out var row))
                {
                    live.Publish(new ConversationChanged(
                        row.Id, long.Parse(change[2], CultureInfo.InvariantCulture), (Tab)int.Parse(change[3], CultureInfo.InvariantCulture),
                        (Tab)int.Parse(change[4], CultureInfo.InvariantCulture), new Owner(row.OwnerKind, row.OwnerId, row.OwnerName), row.Connection, row.Department,
                        row.ResponsibleId, change[5] == "1", change[6].Length > 0 ? change[6] : null));
                }
            }
        }
        catch (Exception broken)
        {
            LogUnread(broken);
            live.Missed();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What another node said could not be looked up")]
    private partial void LogUnread(Exception broken);
}
