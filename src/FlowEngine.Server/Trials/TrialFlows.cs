using System.Collections.Immutable;
using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Flows;
using FlowEngine.Engine.Turns;
using FlowEngine.Engine.Verification;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Persistence;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Triggers;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Trials;

/// <summary>Begins trials of flows as they were saved last, published or not, with the company's departments, people and hours as they are now.</summary>
public sealed class TrialFlows(
    IDbContextFactory<FlowEngineContext> contexts, FlowPublishing publishing, ActivityCatalog catalog, FlowLibrary library, CompanyBook company, TurnOptions options,
    TrialWorks works, TimeProvider clock)
{
    /// <summary>The trial, or what keeps this text from running; null when there is no such flow.</summary>
    public async Task<(Trial? Trial, IReadOnlyList<Finding> Findings)?> Begin(string definitionId, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        if (await context.Definitions.AsNoTracking().FirstOrDefaultAsync(d => d.DefinitionId == definitionId && d.IsLatest, cancel) is not { } latest)
        {
            return null;
        }

        var findings = await publishing.Check(latest.Json, cancel);
        if (findings.Any(f => f.Severity == FindingSeverity.Error) || DefinitionReader.Read(latest.Json, catalog, UsedWorkflows.Of(context, latest.CreatedAt)).Graph is not { } graph)
        {
            return (null, findings);
        }

        var department = await context.Connections.Where(c => c.Active && c.Department != null).OrderByDescending(c => c.Flow == definitionId).ThenBy(c => c.Key).Select(c => c.Department).FirstOrDefaultAsync(cancel);
        var connection = new Connection { Key = NamedBy(graph) ?? "trial", Name = graph.Name ?? definitionId, Kind = "whatsapp", Flow = graph.DefinitionId, Department = department };
        var engine = new TrialEngine(With(graph), await Staff(context, cancel), company, connection, options, works.Seal, clock);
        return (new Trial(engine, works.For(engine), graph.Name ?? definitionId, works.ModelIsOutside), findings);
    }

    /// <summary>This text, and of the published flows those that no lead starts: a flow may run them as parts of itself.</summary>
    private FlowLibrary With(WorkflowGraph graph)
    {
        var flows = new FlowLibrary(_ => null);
        foreach (var other in library.Published.Values.Where(g => g.DefinitionId != graph.DefinitionId && !g.Triggers.Any(IsOfLeads)))
        {
            flows.Publish(other);
        }

        flows.Publish(graph);
        return flows;
    }

    private static bool IsOfLeads(Trigger trigger) => trigger.TypeName is "FlowEngine.ConversationStarted" or "FlowEngine.MessageReceived";

    /// <summary>The connection that its trigger asks for: the lead of the trial writes there.</summary>
    private static string? NamedBy(WorkflowGraph graph) =>
        graph.Triggers.Where(IsOfLeads).Select(t => t.Inputs.GetValueOrDefault("Connection")?.ToString()).FirstOrDefault(c => !string.IsNullOrWhiteSpace(c));

    private static async Task<Staff> Staff(FlowEngineContext context, CancellationToken cancel)
    {
        var members = (await context.DepartmentMembers.AsNoTracking().ToListAsync(cancel)).ToLookup(m => m.AgentId, m => m.DepartmentKey);
        var agents = await context.Agents.AsNoTracking().Select(a => new { a.Id, a.Name, a.Role, a.Active }).ToListAsync(cancel);
        var departments = await context.Departments.AsNoTracking().Select(d => new { d.Key, d.Name, d.Active, d.Overflow }).ToListAsync(cancel);
        return new Staff(
            agents.ToImmutableDictionary(a => a.Id, a => new AgentEntry(a.Id, a.Name, a.Role, a.Active, [.. members[a.Id]])),
            departments.ToImmutableDictionary(d => d.Key, d => new DepartmentEntry(d.Key, d.Name, d.Active, d.Overflow)));
    }
}
