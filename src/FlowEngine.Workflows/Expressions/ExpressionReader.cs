using System.Text.Json;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Expressions.CSharp;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Expressions;

/// <summary>Input JSON to a compiled expression (workflow-format, sections 3 and 6).</summary>
internal static class ExpressionReader
{
    /// <summary>A wrapped input; null when it counts as not set.</summary>
    public static Expression? ReadInput(JsonElement? input, ValueKind kind, NodeScope scope)
    {
        if (Json.IsEmpty(input)) return null;
        if (input!.Value.ValueKind != JsonValueKind.Object) return Literal(PlainValue.From(input.Value), kind);
        // As Elsa's reader: an object without a type name is not an input.
        if (Json.Property(input.Value, "typeName") is null) return null;
        return Read(Json.Property(input.Value, "expression"), kind, scope);
    }

    /// <summary>An expression object <c>{ type, value }</c>.</summary>
    public static Expression? Read(JsonElement? expression, ValueKind kind, NodeScope scope)
    {
        if (Json.IsEmpty(expression)) return null;
        if (expression!.Value.ValueKind != JsonValueKind.Object) return Literal(PlainValue.From(expression.Value), kind);
        var value = Json.Property(expression.Value, "value");
        switch (Json.Text(expression.Value, "type"))
        {
            case null or "Literal":
                return Json.IsEmpty(value) ? null : Literal(PlainValue.From(value!.Value), kind);
            case "Object" or "Json":
                return Object(value, kind);
            case "Variable":
                return Convert(Variable(value, scope), kind);
            case "Input":
                return Convert(new InputReading(Reference(value, "name") ?? ""), kind);
            case "JavaScript":
                return Convert(JavaScript(Code(value), scope), kind);
            case "Liquid":
                return Convert(new LiquidExpression(Code(value)), kind);
            case "C#" or "CSharp" when CSharpReader.Compile(Code(value), scope) is { } script:
                return Convert(new CSharpExpression(script), kind);
            case "C#" or "CSharp":
                scope.Error("csharpNotTrusted", scope.Place);
                return null;
            case "Python" or "IronPython":
                scope.Error("python", scope.Place);
                return null;
            case { } other:
                scope.Warn("unknownExpression", other);
                return null;
        }
    }

    private static Expression Convert(Expression inner, ValueKind kind) => kind == ValueKind.Object ? inner : new Converted(inner, kind);

    private static Constant Literal(object? value, ValueKind kind)
    {
        try
        {
            return new Constant(ValueConversion.Convert(value, kind));
        }
        catch (FormatException failure)
        {
            return new Constant(null, failure);
        }
    }

    private static string Code(JsonElement? value) => Json.IsEmpty(value) ? "" : ValueText.Of(PlainValue.From(value!.Value)) ?? "";

    private static JavaScriptExpression JavaScript(string code, NodeScope scope)
    {
        var expression = new JavaScriptExpression(code);
        if (expression.Problem is { } problem) scope.Warn("script", problem);
        return expression;
    }

    /// <summary>JSON text is parsed only for a typed input; an untyped one gets the raw text, as in Elsa.</summary>
    private static Constant? Object(JsonElement? value, ValueKind kind)
    {
        if (Json.IsEmpty(value)) return null;
        var text = value!.Value.ValueKind == JsonValueKind.String ? value.Value.GetString()! : value.Value.GetRawText();
        if (kind == ValueKind.Object) return new Constant(text);
        return JsonText.TryParse(text, out var parsed) ? Literal(parsed, kind) : new Constant(null, new FormatException("The text is not valid JSON."));
    }

    private static VariableReading Variable(JsonElement? value, NodeScope scope)
    {
        var slot = Reference(value, "id") is { } id ? scope.FindVariable(id) : null;
        return new VariableReading(slot, Reference(value, "name"));
    }

    /// <summary>A member of an object, which may also stand as JSON text.</summary>
    private static string? Reference(JsonElement? value, string member)
    {
        if (Json.IsEmpty(value)) return null;
        if (value!.Value.ValueKind == JsonValueKind.Object) return Json.Text(value.Value, member);
        if (value.Value.ValueKind != JsonValueKind.String) return null;
        var text = value.Value.GetString()!;
        return JsonText.TryParse(text, out var parsed) && parsed is Dictionary<string, object?> map ? ValueText.Of(map.GetValueOrDefault(member)) : text;
    }
}
