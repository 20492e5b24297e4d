using FlowEngine.Engine.Ai;

namespace FlowEngine.Server.Ai;

/// <summary>What stands behind the door when no endpoint is configured.</summary>
public sealed class NoModel : IChatModel
{
    public ValueTask<ModelReply> Ask(ModelRequest request, CancellationToken cancel) =>
        ValueTask.FromResult<ModelReply>(new ModelReply.Failed(ModelFailure.NotConfigured, "No model endpoint is configured (FlowEngine__Ai__Endpoint)."));
}
