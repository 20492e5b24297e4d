using FlowEngine.Workflows.Expressions.CSharp;

namespace FlowEngine.Server.CSharp;

/// <summary>Elsa's type aliases, their nullable forms and legacy CLR names as C# types.</summary>
internal static class ScriptTypes
{
    public static string Of(CSharpMember member)
    {
        var type = One(member.TypeName ?? "Object");
        return member.IsArray ? $"List<{type}>" : type;
    }

    private static string One(string typeName)
    {
        var end = typeName.IndexOfAny([',', '`', '<', '[']);
        var head = end < 0 ? typeName : typeName[..end];
        var name = head[(head.LastIndexOf('.') + 1)..].Trim();
        var simple = Simple(name.TrimEnd('?'));
        return name.EndsWith('?') ? simple + "?" : simple;
    }

    private static string Simple(string alias) => alias switch
    {
        "String" => "string",
        "Boolean" => "bool",
        "Int16" => "short",
        "Int32" => "int",
        "Int64" or "Long" => "long",
        "Single" => "float",
        "Double" => "double",
        "Decimal" => "decimal",
        "Guid" or "DateTime" or "DateTimeOffset" or "TimeSpan" or "JsonElement" or "JsonNode" or "JsonObject" or "JsonArray" => alias,
        "ByteArray" => "byte[]",
        "StringDictionary" or "StringMap" => "Dictionary<string, string>",
        "ObjectDictionary" or "ObjectMap" or "VariablesDictionary" => "IDictionary<string, object>",
        "JSON" or "ExpandoObject" => "dynamic",
        _ => "object",
    };
}
