using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Errors;
using FlowEngine.Engine.Flows;
using FlowEngine.Engine.Hooks;

namespace FlowEngine.Engine.Turns;

/// <summary>What every turn uses and none changes: ids, the compiled flows, the connections, company facts, webhooks' builder, bounds, known errors.</summary>
public sealed record TurnTools(Ids Ids, FlowLibrary Flows, ConnectionBook Connections, CompanyBook Company, HookBuilder Hooks, TurnOptions Options, ErrorCatalog Errors);
