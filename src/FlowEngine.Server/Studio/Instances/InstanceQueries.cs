using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json.Nodes;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Studio.Wire;
using FlowEngine.Workflows.Instances;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Instances;

/// <summary>Runs as lists ask for them: filtered, sorted and paged by the database, however many there are.</summary>
internal static class InstanceQueries
{
    private static readonly Dictionary<string, Expression<Func<StoredInstance, DateTimeOffset?>>> Times = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CreatedAt"] = i => i.CreatedAt,
        ["UpdatedAt"] = i => i.UpdatedAt,
        ["FinishedAt"] = i => i.FinishedAt,
    };

    /// <param name="body">The Studio's request; empty lists mean no filter.</param>
    public static IQueryable<StoredInstance> Filtered(FlowEngineContext context, JsonObject body)
    {
        var instances = context.Instances.AsNoTracking();
        instances = OfDefinition(instances, body);
        instances = InStatus(instances, body);
        if (body.Text("correlationId") is { } correlation)
        {
            instances = Guid.TryParse(correlation, out var conversation)
                ? instances.Where(i => i.ConversationId == conversation || i.CorrelationId == correlation)
                : instances.Where(i => i.CorrelationId == correlation);
        }

        if (body.Flag("hasIncidents") is { } hasIncidents)
        {
            instances = instances.Where(i => i.IncidentCount > 0 == hasIncidents);
        }

        if (body.Flag("isSystem") == true)
        {
            instances = instances.Where(i => false);
        }

        return Between(Searched(instances, body.Text("searchTerm")), body);
    }

    public static IQueryable<StoredInstance> Sorted(this IQueryable<StoredInstance> instances, string? by, bool descending) => (by?.ToUpperInvariant(), descending) switch
    {
        ("LASTEXECUTED" or "UPDATEDAT", true) => instances.OrderByDescending(i => i.UpdatedAt).ThenBy(i => i.Id),
        ("LASTEXECUTED" or "UPDATEDAT", false) => instances.OrderBy(i => i.UpdatedAt).ThenBy(i => i.Id),
        ("FINISHED", true) => instances.OrderByDescending(i => i.FinishedAt).ThenBy(i => i.Id),
        ("FINISHED", false) => instances.OrderBy(i => i.FinishedAt).ThenBy(i => i.Id),
        ("NAME", true) => instances.OrderByDescending(i => i.Name).ThenBy(i => i.Id),
        ("NAME", false) => instances.OrderBy(i => i.Name).ThenBy(i => i.Id),
        (_, false) => instances.OrderBy(i => i.CreatedAt).ThenBy(i => i.Id),
        _ => instances.OrderByDescending(i => i.CreatedAt).ThenBy(i => i.Id),
    };

    private static IQueryable<StoredInstance> OfDefinition(IQueryable<StoredInstance> instances, JsonObject body)
    {
        string[] definitions = [.. body.Texts("definitionIds"), .. body.Text("definitionId") is { } one ? new[] { one } : []];
        if (definitions.Length > 0)
        {
            instances = instances.Where(i => definitions.Contains(i.DefinitionId));
        }

        if (body.Text("definitionVersionId") is { } versionId)
        {
            instances = instances.Where(i => i.VersionId == versionId);
        }

        return body.Number("version") is { } version ? instances.Where(i => i.Version == version) : instances;
    }

    private static IQueryable<StoredInstance> InStatus(IQueryable<StoredInstance> instances, JsonObject body)
    {
        var statuses = Words<WorkflowStatus>(body, "statuses", "status");
        if (statuses.Length > 0)
        {
            instances = instances.Where(i => statuses.Contains(i.Status));
        }

        var subStatuses = Words<WorkflowSubStatus>(body, "subStatuses", "subStatus");
        return subStatuses.Length > 0 ? instances.Where(i => subStatuses.Contains(i.SubStatus)) : instances;
    }

    private static IQueryable<StoredInstance> Searched(IQueryable<StoredInstance> instances, string? term)
    {
        if (term is null)
        {
            return instances;
        }

        if (Guid.TryParse(term, out var id))
        {
            return instances.Where(i => i.Id == id || i.ConversationId == id || i.CorrelationId == term);
        }

        var folded = SearchText.Fold(term);
        return instances.Where(i => i.DefinitionId.Contains(term) || i.CorrelationId == term || FlowEngineContext.Folded(i.Name)!.Contains(folded));
    }

    private static IQueryable<StoredInstance> Between(IQueryable<StoredInstance> instances, JsonObject body)
    {
        foreach (var filter in (body["timestampFilters"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (Times.TryGetValue(filter.Text("column") ?? "", out var time)
                && DateTimeOffset.TryParse(filter.Text("timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                instances = instances.Where(Compared(time, filter.Text("operator"), at));
            }
        }

        return instances;
    }

    private static Expression<Func<StoredInstance, bool>> Compared(Expression<Func<StoredInstance, DateTimeOffset?>> time, string? how, DateTimeOffset at)
    {
        var value = Expression.Constant(at, typeof(DateTimeOffset?));
        var body = how switch
        {
            "IsNot" => Expression.NotEqual(time.Body, value),
            "LessThan" => Expression.LessThan(time.Body, value),
            "LessThanOrEqual" => Expression.LessThanOrEqual(time.Body, value),
            "GreaterThan" => Expression.GreaterThan(time.Body, value),
            "GreaterThanOrEqual" => Expression.GreaterThanOrEqual(time.Body, value),
            _ => Expression.Equal(time.Body, value),
        };
        return Expression.Lambda<Func<StoredInstance, bool>>(body, time.Parameters);
    }

    /// <summary>The numbers of words as Elsa writes them; a word that is none finds nothing.</summary>
    private static int[] Words<T>(JsonObject body, string many, string single)
        where T : struct, Enum =>
        [.. body.Texts(many).Concat(body.Text(single) is { } one ? [one] : []).Select(w => Enum.TryParse<T>(w, ignoreCase: true, out var value) ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : -1)];
}
