using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Errors;
using FlowEngine.Engine.Flows;
using FlowEngine.Engine.Hooks;
using FlowEngine.Engine.Tasks;

namespace FlowEngine.Engine.Turns;

/// <summary>What every turn uses and none changes: ids, the compiled flows, the connections, company facts, webhooks' builder, bounds, known errors, the seal of tasks.</summary>
public sealed record TurnTools(
    Ids Ids, FlowLibrary Flows, ConnectionBook Connections, CompanyBook Company, HookBuilder Hooks, TurnOptions Options, ErrorCatalog Errors, TaskSeal Seal);
