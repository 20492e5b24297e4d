using FlowEngine.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Descriptors;

/// <summary>What the company has to choose from: departments, agents, labels, templates, connections.</summary>
public sealed class CompanyChoices
{
    private static readonly (string Value, string Text) None = ("", "(none)");

    private readonly Dictionary<string, IReadOnlyList<(string Value, string Text)>> bySource;

    private CompanyChoices(Dictionary<string, IReadOnlyList<(string Value, string Text)>> bySource) => this.bySource = bySource;

    public IReadOnlyList<(string Value, string Text)> Of(string source) => bySource.GetValueOrDefault(source, []);

    public static async Task<CompanyChoices> Read(FlowEngineContext context, CancellationToken cancel)
    {
        var departments = await context.Departments.OrderBy(d => d.Name).Select(d => new { d.Key, d.Name }).ToListAsync(cancel);
        var agents = await context.Agents.Where(a => a.Active).OrderBy(a => a.Name).Select(a => new { a.Id, a.Name }).ToListAsync(cancel);
        var labels = await context.Labels.OrderBy(l => l.Name).Select(l => l.Name).ToListAsync(cancel);
        var templates = await context.Templates.Where(t => t.Status == "APPROVED").OrderBy(t => t.Name).Select(t => t.Name).Distinct().ToListAsync(cancel);
        var connections = await context.Connections.OrderBy(c => c.Name).Select(c => new { c.Key, c.Name }).ToListAsync(cancel);
        return new CompanyChoices(new Dictionary<string, IReadOnlyList<(string, string)>>(StringComparer.Ordinal)
        {
            ["departments"] = [None, .. departments.Select(d => (d.Key, d.Name))],
            ["agents"] = [None, .. agents.Select(a => (a.Id.ToString(), a.Name))],
            ["labels"] = [.. labels.Select(l => (l, l))],
            ["templates"] = [None, .. templates.Select(t => (t, t))],
            ["connections"] = [None, .. connections.Select(c => (c.Key, c.Name))],
        });
    }
}
