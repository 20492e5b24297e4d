using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Definitions;

/// <summary>What a script of this flow can name, as TypeScript, so that the code editor can complete it: its variables and inputs by their types.</summary>
internal static class ScriptTypes
{
    private const string Always =
        """
        declare function getVariable(name: string): any;
        declare function setVariable(name: string, value: any): void;
        declare function getInput(name: string): any;
        declare function getOutputFrom(activityIdOrName: string, outputName?: string): any;
        declare function getLastResult(): any;
        declare function getWorkflowDefinitionId(): string;
        declare function getWorkflowDefinitionVersionId(): string;
        declare function getWorkflowDefinitionVersion(): number;
        declare function getWorkflowInstanceId(): string;
        declare function getCorrelationId(): string;
        declare function setCorrelationId(value: string): void;
        declare function getWorkflowInstanceName(): string;
        declare function setWorkflowInstanceName(value: string): void;
        declare function setOutcome(name: string): void;
        declare function setOutcomes(names: string[]): void;
        declare function isNullOrWhiteSpace(value: string): boolean;
        declare function isNullOrEmpty(value: string): boolean;
        declare function toJson(value: any): string;
        declare function newGuidString(): string;
        /** The lead of the conversation: name, phone and the fields that were asked. */
        declare const lead: { name: string; phone: string; [field: string]: any };

        """;

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/scripting/javascript/type-definitions/{definitionId}", Handle);

    private static async Task<IResult> Handle(string definitionId, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var version = await context.FindVersion(definitionId, "Latest", cancel);
        return Results.Text(Always + (version is null ? "" : Own(FlowDocument.Of(version))), "application/x-typescript");
    }

    /// <summary>Accessors and typed members of the definition's own names.</summary>
    public static string Own(JsonObject definition)
    {
        var text = new StringBuilder("interface WorkflowVariables {\n");
        var accessors = new StringBuilder();
        foreach (var (name, type) in Named(definition, "variables", "typeName"))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {name}: {type};\n");
            var pascal = char.ToUpperInvariant(name[0]) + name[1..];
            accessors.Append(CultureInfo.InvariantCulture, $"declare function get{pascal}(): {type};\ndeclare function set{pascal}(value: {type}): void;\n");
        }

        foreach (var (name, type) in Named(definition, "inputs", "type"))
        {
            accessors.Append(CultureInfo.InvariantCulture, $"declare function get{name}(): {type};\n");
        }

        return text.Append("}\ndeclare const variables: WorkflowVariables;\n").Append(accessors).ToString();
    }

    /// <summary>Names that are identifiers; the others can only be reached by <c>getVariable</c>.</summary>
    private static IEnumerable<(string Name, string Type)> Named(JsonObject definition, string list, string typeMember) =>
        from item in (definition[list] as JsonArray ?? []).OfType<JsonObject>()
        let name = ActivityTree.Text(item, "name")
        where name is not null && !char.IsDigit(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '$')
        let type = TypeOf(ActivityTree.Text(item, typeMember))
        select (name, item["isArray"]?.ToString() == "true" ? $"{type}[]" : type);

    private static string TypeOf(string? type) => type switch
    {
        "String" or "Guid" or "DateTime" or "DateTimeOffset" or "TimeSpan" => "string",
        "Boolean" => "boolean",
        "Int16" or "Int32" or "Int64" or "Long" or "Single" or "Double" or "Decimal" => "number",
        "StringDictionary" or "StringMap" => "{ [key: string]: string }",
        _ => "any",
    };
}
