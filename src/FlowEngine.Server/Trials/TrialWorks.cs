using FlowEngine.Engine.Ai;
using FlowEngine.Engine.Tasks;
using FlowEngine.Server.Ai;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowEngine.Server.Trials;

/// <summary>Makes what works outside of each trial's turns.</summary>
public sealed class TrialWorks(IEnumerable<ITaskHandler> handlers, IKnowledge knowledge, IChatModel model, IModelLedger ledger, AiOptions options, TaskSeal seal, TimeProvider clock)
{
    /// <summary>Encrypts what a request holds, as the real engine does: the same work reads it.</summary>
    internal TaskSeal Seal => seal;

    /// <summary>Whether a model answers whom a call reaches and costs; what this server has by itself is none.</summary>
    internal bool ModelIsOutside => model is SemanticKernelModel;

    internal TrialWork For(TrialEngine engine) => new(
        handlers.ToDictionary(h => h.Kind, StringComparer.Ordinal),
        new ModelWork(engine.Store, knowledge, model, new TrialLedger(ledger, clock), options, engine.Clock, NullLogger<ModelWork>.Instance), ModelIsOutside, seal);
}
