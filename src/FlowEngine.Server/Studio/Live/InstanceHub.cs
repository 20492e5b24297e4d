using Microsoft.AspNetCore.SignalR;

namespace FlowEngine.Server.Studio.Live;

/// <summary>The Studio's viewer asks here to be told when a run moves on. What it is told comes from <see cref="InstanceWatch"/>.</summary>
public sealed class InstanceHub(InstanceWatch watch) : Hub
{
    /// <summary>Called by the Studio under this name.</summary>
    public async Task ObserveInstanceAsync(string workflowInstanceId)
    {
        if (await watch.Begin(Context.ConnectionId, workflowInstanceId, Context.ConnectionAborted))
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, workflowInstanceId, Context.ConnectionAborted);
        }
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        watch.End(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}
