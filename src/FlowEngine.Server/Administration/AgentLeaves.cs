using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Administration;

/// <summary>
/// When somebody stops working here, the conversations that were theirs go back to a queue with their clocks, not to a flow
/// (race R27). If the process dies in between, saving the person as inactive once more carries the rest over.
/// </summary>
public sealed partial class AgentLeaves(IDbContextFactory<FlowEngineContext> contexts, Commands commands, ILogger<AgentLeaves> log)
{
    public async Task GiveBack(AgentUser agent, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var id = agent.Id.ToString();
        var theirs = await db.Conversations.AsNoTracking()
            .Where(c => c.OwnerKind == OwnerKind.Agent && c.OwnerId == id && c.Lifecycle == Lifecycle.Active)
            .Select(c => new { c.Id, c.Department, c.Epoch })
            .ToListAsync(cancel);
        if (theirs.Count == 0)
        {
            return;
        }

        var active = await db.Departments.AsNoTracking().Where(d => d.Active).OrderBy(d => d.Key).Select(d => d.Key).ToListAsync(cancel);
        var own = await db.DepartmentMembers.AsNoTracking().Where(m => m.AgentId == agent.Id).Select(m => m.DepartmentKey).ToListAsync(cancel);
        foreach (var conversation in theirs)
        {
            var queue = active.Contains(conversation.Department ?? "") ? conversation.Department : active.Find(own.Contains) ?? active.FirstOrDefault();
            if (queue is null)
            {
                LogNoQueue(conversation.Id);
                continue;
            }

            await commands.Execute(conversation.Id, new Transfer(Department: queue), Actor.System, $"agentLeaves:{agent.Id}:{conversation.Epoch}", cancel);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Conversation {Conversation} stays with an inactive agent: there is no active department to give it to")]
    private partial void LogNoQueue(Guid conversation);
}
