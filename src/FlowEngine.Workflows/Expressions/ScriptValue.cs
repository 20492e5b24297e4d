using System.Globalization;
using FlowEngine.Workflows.Activities.Children;
using FlowEngine.Workflows.Values;
using Jint;
using Jint.Native;
using Jint.Native.Object;

namespace FlowEngine.Workflows.Expressions;

/// <summary>Plain values to script values and back, by copying: a script never holds a .NET object.</summary>
internal static class ScriptValue
{
    private const int MaxDepth = 64;

    public static JsValue ToScript(Engine engine, object? value) => value switch
    {
        null => JsValue.Null,
        string text => new JsString(text),
        bool flag => flag ? JsBoolean.True : JsBoolean.False,
        long number => JsNumber.Create(number),
        double number => JsNumber.Create(number),
        List<object?> list => new JsArray(engine, list.Select(item => ToScript(engine, item)).ToArray()),
        Dictionary<string, object?> map => ToObject(engine, map),
        _ => ToScript(engine, PlainValue.From(value)),
    };

    public static object? ToPlain(JsValue value) => ToPlain(value, 0);

    private static JsObject ToObject(Engine engine, Dictionary<string, object?> map)
    {
        var made = JsObject.CreateFromEntries(engine, map.Select(p => KeyValuePair.Create(p.Key, ToScript(engine, p.Value))));
        if (!ChildWorkflows.IsResult(map)) return made;
        // Of .NET in Elsa, where a script may begin a member's name with a small letter. On the prototype: it is no member to list or to store.
        made.Prototype = JsObject.CreateFromEntries(engine, map.Keys.Select(key => KeyValuePair.Create(char.ToLowerInvariant(key[0]) + key[1..], made.Get(key))));
        return made;
    }

    private static object? ToPlain(JsValue value, int depth)
    {
        if (depth > MaxDepth) throw new ScriptFailure($"The script's value nests deeper than {MaxDepth} levels, or in a circle.");
        if (value.IsNull() || value.IsUndefined() || value.IsSymbol()) return null;
        if (value.IsBoolean()) return value.AsBoolean();
        if (value.IsString()) return value.AsString();
        if (value.IsNumber()) return PlainValue.From(value.AsNumber());
        if (value.IsBigInt()) return value.ToString();
        if (value.IsDate()) return PlainValue.From(value.AsDate().ToDateTime());
        if (value is JsArray array) return ToList(array, depth);
        return value is ObjectInstance instance ? ToMap(instance, depth) : null;
    }

    private static List<object?> ToList(JsArray array, int depth)
    {
        var list = new List<object?>((int)Math.Min(array.Length, 1024));
        for (uint i = 0; i < array.Length; i++) list.Add(ToPlain(array.Get(i.ToString(CultureInfo.InvariantCulture)), depth + 1));
        return list;
    }

    private static Dictionary<string, object?>? ToMap(ObjectInstance instance, int depth)
    {
        if (instance is Jint.Native.Function.Function) return null;
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, property) in instance.GetOwnProperties())
        {
            if (!key.IsString() || !property.Enumerable) continue;
            var value = instance.Get(key);
            if (!value.IsUndefined()) map[key.AsString()] = ToPlain(value, depth + 1);
        }

        return map;
    }
}
