using System.Collections.Concurrent;
using System.Threading.Channels;
using FlowEngine.Engine.Live;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Studio.Instances;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Live;

/// <summary>
/// Which runs are looked at, and telling who looks when a commit has changed them or their conversation. A signal that is lost loses nothing: the viewer
/// reads everything anew whenever it is opened.
/// </summary>
public sealed class InstanceWatch(LiveFeed feed, IHubContext<InstanceHub> hub, IDbContextFactory<FlowEngineContext> contexts, ILogger<InstanceWatch> log) : BackgroundService
{
    private readonly ConcurrentDictionary<string, (Guid Mailbox, string Instance)> byConnection = new(StringComparer.Ordinal);

    /// <summary>Mailboxes that have changed, of conversations or of runs.</summary>
    private readonly Channel<Guid> changed = Channel.CreateBounded<Guid>(new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>False when there is no such run.</summary>
    public async Task<bool> Begin(string connection, string instance, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        if (await ReadInstances.FindSummary(context, instance, cancel) is not { } found)
        {
            return false;
        }

        byConnection[connection] = (found.ConversationId ?? found.Id, instance);
        return true;
    }

    public void End(string connection) => byConnection.TryRemove(connection, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var conversations = feed.Subscribe(change => Note(change.Id));
        using var runs = feed.SubscribeRuns(Note);
        await foreach (var mailbox in changed.Reader.ReadAllAsync(stoppingToken))
        {
            foreach (var instance in byConnection.Values.Where(w => w.Mailbox == mailbox).Select(w => w.Instance).Distinct(StringComparer.Ordinal).ToList())
            {
                await Tell(instance, stoppingToken);
            }
        }
    }

    private void Note(Guid mailbox)
    {
        if (byConnection.Values.Any(w => w.Mailbox == mailbox))
        {
            changed.Writer.TryWrite(mailbox);
        }
    }

    private async Task Tell(string instance, CancellationToken cancel)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancel);
            var records = await ActivityRecord.Read(context, Guid.Parse(instance), cancel);

            // Containers are not on the canvas; telling of them only makes the Studio complain.
            var leaves = records.Where(r => !records.Any(child => child.First.Parent == r.Id));
            var watchers = hub.Clients.Group(instance);
            await watchers.SendAsync("ActivityExecutionLogUpdatedAsync", new { stats = ActivityStats.Of(leaves) }, cancel);
            await watchers.SendAsync("WorkflowExecutionLogUpdatedAsync", new { }, cancel);
            await watchers.SendAsync("WorkflowInstanceUpdatedAsync", new { workflowInstanceId = instance }, cancel);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            log.LogWarning(broken, "Watchers of run {Instance} were not told of a change", instance);
        }
    }
}
