using System.Collections.Concurrent;
using FlowEngine.Engine.Flows;
using FlowEngine.Workflows.Activities.Http;
using FlowEngine.Workflows.Definitions;
using Microsoft.AspNetCore.Routing.Template;

namespace FlowEngine.Server.Endpoints;

/// <summary>Where a flow listens for a request, and what the placeholders of its path matched.</summary>
/// <param name="Graph">The published flow that it starts; null where it can only resume.</param>
public sealed record FoundRoute(WorkflowGraph? Graph, HttpRoute Route, IReadOnlyDictionary<string, object?> Values);

/// <summary>Which flow listens for a request: one that begins by it before one that waits for it, a literal path before placeholders; ties by definition id.</summary>
public sealed class FlowRoutes(FlowLibrary library)
{
    private readonly ConcurrentDictionary<string, TemplateMatcher?> matchers = new(StringComparer.Ordinal);

    public FoundRoute? Find(string method, string path)
    {
        FoundRoute? best = null;
        foreach (var graph in library.Published.Values)
        {
            foreach (var route in graph.Endpoints)
            {
                if (route.Methods.Contains(method, StringComparer.OrdinalIgnoreCase) && Match(route.Path, path) is { } values && Rank(route) < (best is null ? int.MaxValue : Rank(best.Route)))
                {
                    best = new FoundRoute(route.Starts ? graph : null, route, values);
                }
            }
        }

        return best;
    }

    private static int Rank(HttpRoute route) => (route.Starts ? 0 : 1_000) + route.Path.Count(c => c == '{');

    /// <summary>What the placeholders matched; null when the path is not one of the template.</summary>
    public IReadOnlyDictionary<string, object?>? Match(string template, string path)
    {
        var values = new RouteValueDictionary();
        return matchers.GetOrAdd(template, Parse) is { } matcher && matcher.TryMatch("/" + path, values) ? values.ToDictionary(v => v.Key, v => (object?)v.Value?.ToString()) : null;
    }

    /// <summary>Null for a path that is no template: nothing comes there.</summary>
    private static TemplateMatcher? Parse(string template)
    {
        try
        {
            return new TemplateMatcher(TemplateParser.Parse(template), []);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
