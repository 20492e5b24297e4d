using FlowEngine.Conversations;
using FlowEngine.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Telemetry;

/// <summary>States in which a lead would wait for nobody.</summary>
public sealed partial class Invariants
{
    /// <summary>An interpreter's finished run (WorkflowStatus.Finished).</summary>
    private const int FinishedRun = 1;

    /// <summary>How long the watch over outside automations may take until its command is turned.</summary>
    private static readonly TimeSpan WatchSlack = TimeSpan.FromMinutes(1);

    /// <summary>I10: somebody waits in Not started, or for an outside automation that should have lost the lead long ago.</summary>
    private async Task<List<Guid>> Unseen(FlowEngineContext db, DateTimeOffset now, CancellationToken cancel)
    {
        var overdue = now - options.AppAnswerWait - WatchSlack;
        var waiting = db.Conversations.AsNoTracking().Where(c => c.Tab == Tab.NotStarted && (c.UnansweredSince != null || c.HumanWaitSince != null)).Select(c => c.Id);
        var forApps = await (
            from c in db.Conversations.AsNoTracking()
            where c.Tab == Tab.Automated && c.OwnerKind == OwnerKind.OtherApp && c.UnansweredSince <= overdue
            select new { c.Id, OwnerSince = db.History.Where(h => h.ConversationId == c.Id && h.Epoch == c.Epoch).OrderBy(h => h.Seq).Select(h => (DateTimeOffset?)h.At).FirstOrDefault() })
            .ToListAsync(cancel);
        return [.. await waiting.ToListAsync(cancel), .. forApps.Where(c => !(c.OwnerSince > overdue)).Select(c => c.Id)];
    }

    /// <summary>I11: the owning run is gone, or it is over or waits for nothing although no problem has parked it.</summary>
    private static Task<List<Guid>> Asleep(FlowEngineContext db, CancellationToken cancel) => (
        from c in db.Conversations.AsNoTracking()
        where (c.Tab == Tab.Automated || c.Tab == Tab.Error) && c.OwnerKind == OwnerKind.Flow
        where c.FlowInstance == null || !db.Instances.Any(i => i.Id == c.FlowInstance)
            || (c.BlockingProblems == 0 && (db.Instances.Any(i => i.Id == c.FlowInstance && i.Status == FinishedRun) || !db.Bookmarks.Any(b => b.InstanceId == c.FlowInstance)))
        select c.Id).ToListAsync(cancel);

    /// <summary>I12: a queue whose department is gone or switched off, or has neither active people nor an overflow.</summary>
    private static async Task<List<Guid>> Unstaffed(FlowEngineContext db, CancellationToken cancel)
    {
        var staffed = await (
            from d in db.Departments.AsNoTracking()
            where d.Active && (d.Overflow != null || db.DepartmentMembers.Any(m => m.DepartmentKey == d.Key && db.Users.Any(a => a.Id == m.AgentId && a.Active)))
            select d.Key).ToListAsync(cancel);
        return await db.Conversations.AsNoTracking()
            .Where(c => c.OwnerKind == OwnerKind.Queue && c.Lifecycle == Lifecycle.Active && !staffed.Contains(c.OwnerId!))
            .Select(c => c.Id).ToListAsync(cancel);
    }
}
