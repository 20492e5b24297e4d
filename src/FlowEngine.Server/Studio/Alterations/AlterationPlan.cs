using System.Buffers.Binary;
using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Alterations;

/// <summary>
/// A plan is nothing but its jobs, and each job is a durable event of one run's mailbox: it survives every crash, and each run does it in its own
/// turn. The jobs' ids follow from the plan's, so that they are found again by it.
/// </summary>
internal static class AlterationPlan
{
    private const int Suffix = ushort.MaxValue;

    /// <summary>A new plan's id: its last two bytes are left to the jobs.</summary>
    public static Guid NewId(Ids ids) => Nth(ids.Next(), 0);

    /// <param name="nth">From 1 to <see cref="AlterationTargets.Most"/>.</param>
    public static NewEvent Job(Guid plan, int nth, AlterationTarget target, RunAlteration alteration, Actor by)
    {
        var id = Nth(plan, nth);
        return target.Conversation is { } conversation
            ? new NewEvent(id, $"command:{id:N}", new CommandEvent(new AlterRun(target.Id, alteration), by)) { ConversationId = conversation }
            : new NewEvent(id, $"alter:{id:N}", new RunAltered(alteration)) { ConversationId = target.Id };
    }

    /// <summary>The plan with its jobs; null when there is none.</summary>
    public static async Task<AlterationPlanView?> Find(FlowEngineContext context, Guid plan, CancellationToken cancel)
    {
        if (Nth(plan, 0) != plan)
        {
            return null;
        }

        var last = Nth(plan, Suffix);
        var rows = await context.Events.AsNoTracking().Where(e => e.Id > plan && e.Id <= last).OrderBy(e => e.Id).ToListAsync(cancel);
        return rows.Count == 0 ? null : AlterationPlanView.Of(plan, [.. rows.Select(r => (r, Asked(r)))]);
    }

    /// <summary>The run and what is asked of it; nothing when the event's payload is not kept any more.</summary>
    private static (Guid? Run, RunAlteration? Asked) Asked(StoredEvent row) => row.Payload.Length == 0 ? default : TurnText.ReadEvent(row.Payload) switch
    {
        RunAltered altered => (row.MailboxId, altered.Alteration),
        CommandEvent { Command: AlterRun altering } => (altering.Instance, altering.Alteration),
        _ => default,
    };

    private static Guid Nth(Guid plan, int nth)
    {
        Span<byte> bytes = stackalloc byte[16];
        plan.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[14..], (ushort)nth);
        return new Guid(bytes, bigEndian: true);
    }
}
