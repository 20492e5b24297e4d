namespace FlowEngine.Workflows.Values;

/// <summary>What an Elsa type alias comes down to at run time.</summary>
internal enum ValueKind { Object, Text, Boolean, Integer, Number, Duration, Instant, List, Map }

internal static class ValueKinds
{
    /// <summary>
    /// The kind behind an alias (<c>Int32</c>), a nullable alias (<c>Int32?</c>) or a legacy assembly-qualified name
    /// (<c>System.Int32, System.Private.CoreLib</c>). Unknown names are objects.
    /// </summary>
    public static ValueKind Of(string? typeName, bool isArray = false)
    {
        if (isArray) return ValueKind.List;
        if (typeName is null) return ValueKind.Object;
        var name = SimpleName(typeName);
        return name switch
        {
            "String" => ValueKind.Text,
            "Boolean" => ValueKind.Boolean,
            "Int16" or "Int32" or "Int64" or "Long" => ValueKind.Integer,
            "Single" or "Double" or "Decimal" => ValueKind.Number,
            "TimeSpan" => ValueKind.Duration,
            "DateTime" or "DateTimeOffset" => ValueKind.Instant,
            "JsonArray" or "StringList" => ValueKind.List,
            "ObjectDictionary" or "StringDictionary" or "ObjectMap" or "StringMap" or "VariablesDictionary" or "JsonObject" or "HttpHeaders" => ValueKind.Map,
            _ => Generic(name),
        };
    }

    private static ValueKind Generic(string name)
    {
        if (name.StartsWith("IDictionary", StringComparison.Ordinal) || name.StartsWith("Dictionary", StringComparison.Ordinal)) return ValueKind.Map;
        var isList = name.EndsWith("[]", StringComparison.Ordinal)
            || name.StartsWith("ICollection", StringComparison.Ordinal)
            || name.StartsWith("IEnumerable", StringComparison.Ordinal)
            || name.StartsWith("List", StringComparison.Ordinal)
            || name.StartsWith("IList", StringComparison.Ordinal);
        return isList ? ValueKind.List : ValueKind.Object;
    }

    private static string SimpleName(string typeName)
    {
        var end = typeName.IndexOfAny([',', '`', '<']);
        var head = end < 0 ? typeName : typeName[..end];
        return head[(head.LastIndexOf('.') + 1)..].TrimEnd('?', ' ');
    }
}
