using FlowEngine.Workflows.Instances;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Inbox;

public sealed partial class InboxQueries
{
    /// <summary>The runs that flows have had with this conversation, also those that are over; newest first.</summary>
    public async Task<IReadOnlyList<RunView>> Runs(Guid conversation, int limit, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await (
            from run in db.Instances.AsNoTracking()
            where run.ConversationId == conversation
            join version in db.Definitions on run.VersionId equals version.Id into versions
            from version in versions.DefaultIfEmpty()
            orderby run.CreatedAt descending, run.Id
            select new RunView(run.Id, version.Name ?? run.DefinitionId, (WorkflowSubStatus)run.SubStatus, run.CreatedAt)).Take(limit).ToListAsync(cancel);
    }
}
