using System.Text.Json.Nodes;
using FlowEngine.Engine.Flows;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Flows;

/// <summary>Departments and labels that a flow names by literals: importing it creates the missing ones (decision 20).</summary>
public sealed class NeededByFlow
{
    public async Task Create(FlowEngineContext context, JsonNode definition, CancellationToken cancel)
    {
        var (departments, labels) = Named(definition);
        var knownDepartments = await context.Departments.Select(d => d.Key).ToListAsync(cancel);
        foreach (var key in departments.Except(knownDepartments, StringComparer.Ordinal))
        {
            context.Departments.Add(new StoredDepartment { Key = key, Name = char.ToUpperInvariant(key[0]) + key[1..] });
        }

        var knownLabels = await context.Labels.Select(l => l.Name).ToListAsync(cancel);
        foreach (var name in labels.Except(knownLabels, StringComparer.Ordinal))
        {
            context.Labels.Add(new StoredLabel { Name = name });
        }
    }

    /// <summary>The literal departments and labels of every activity at any depth.</summary>
    public static (IReadOnlySet<string> Departments, IReadOnlySet<string> Labels) Named(JsonNode definition)
    {
        var departments = new SortedSet<string>(StringComparer.Ordinal);
        var labels = new SortedSet<string>(StringComparer.Ordinal);
        var nodes = new Stack<JsonNode?>([definition]);
        while (nodes.TryPop(out var node))
        {
            if (node is JsonObject found)
            {
                Note(found, departments, labels);
                found.Select(p => p.Value).ToList().ForEach(nodes.Push);
            }
            else if (node is JsonArray list)
            {
                list.ToList().ForEach(nodes.Push);
            }
        }

        if (definition["customProperties"]?[FaultPolicy.DepartmentProperty] is JsonValue onFault && onFault.TryGetValue<string>(out var key) && NotEmpty(key) is { } department)
        {
            departments.Add(department);
        }

        return (departments, labels);
    }

    private static void Note(JsonObject activity, SortedSet<string> departments, SortedSet<string> labels)
    {
        if (activity["type"] is not JsonValue type || !type.TryGetValue<string>(out var name))
        {
            return;
        }

        if (name is "FlowEngine.RouteTo" or "FlowEngine.HandOff" or "FlowEngine.AiReply" or "FlowEngine.AiClassify" or "FlowEngine.AiExtract" && Literal(activity["department"]) is { } department)
        {
            departments.Add(department);
        }
        else if (name is "FlowEngine.AddLabel" or "FlowEngine.RemoveLabel" && Literal(activity["label"]) is { } label)
        {
            labels.Add(label);
        }
    }

    private static string? Literal(JsonNode? input) => input switch
    {
        JsonValue bare when bare.TryGetValue<string>(out var text) => NotEmpty(text),
        JsonObject wrapped when wrapped["expression"] is JsonObject expression && expression["type"]?.ToString() == "Literal" => NotEmpty(expression["value"]?.ToString()),
        _ => null,
    };

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
