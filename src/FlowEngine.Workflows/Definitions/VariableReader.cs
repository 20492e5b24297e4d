using System.Text.Json;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Definitions;

/// <summary>Variable declarations of a definition or container (workflow-format, section 5).</summary>
internal static class VariableReader
{
    public static VariableDefinition[] Read(JsonElement? variables)
    {
        var read = new List<VariableDefinition>();
        foreach (var element in Json.Items(variables))
        {
            if (Json.Text(element, "name") is not { Length: > 0 } name) continue;
            // Two of one name in one scope: the last one wins.
            read.RemoveAll(v => v.Name == name);
            read.Add(ReadOne(element, name));
        }

        return [.. read];
    }

    private static VariableDefinition ReadOne(JsonElement element, string name)
    {
        var typeName = Json.Text(element, "typeName") ?? Json.Text(element, "type");
        var kind = ValueKinds.Of(typeName, Json.Flag(element, "isArray"));
        var driver = Json.Text(element, "storageDriverTypeName") ?? Json.Text(element, "storageDriverType");
        return new VariableDefinition(
            Json.Text(element, "id") ?? name,
            name,
            kind,
            Default(Json.Property(element, "value"), kind, isUntyped: typeName is null or "Object" or "System.Object"),
            IsPersistent(driver));
    }

    /// <summary>Aliases and legacy CLR names both hold the simple name of the driver.</summary>
    internal static bool IsPersistent(string? driver) =>
        driver is not null
        && (driver.Contains("WorkflowInstanceStorageDriver", StringComparison.Ordinal) || driver.Contains("WorkflowStorageDriver", StringComparison.Ordinal));

    /// <summary>JSON text is parsed for a typed variable; that of an untyped one stays text, as in Elsa.</summary>
    private static object? Default(JsonElement? value, ValueKind kind, bool isUntyped)
    {
        if (Json.IsEmpty(value)) return null;
        var plain = PlainValue.From(value!.Value);
        if (plain is string blank && string.IsNullOrWhiteSpace(blank)) return null;
        if (isUntyped && kind == ValueKind.Object && plain is string) return plain;
        if (kind == ValueKind.Object && plain is string text && text.AsSpan().TrimStart() is ['{' or '[', ..])
        {
            return JsonText.TryParse(text, out var parsed) ? parsed : text;
        }

        try
        {
            return PlainValue.From(ValueConversion.Convert(plain, kind));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
