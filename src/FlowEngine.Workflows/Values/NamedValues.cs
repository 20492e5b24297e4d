using System.Collections;
using System.Diagnostics.CodeAnalysis;
using FlowEngine.Workflows.Activities;

namespace FlowEngine.Workflows.Values;

/// <summary>Evaluated inputs under their names, without a dictionary for each execution. Of a secret one only that it was set.</summary>
internal sealed class NamedValues(InputDescriptor[] names, object?[] values) : IReadOnlyDictionary<string, object?>
{
    public int Count => names.Length;

    public IEnumerable<string> Keys => names.Select(n => n.Name);

    public IEnumerable<object?> Values => Enumerable.Range(0, names.Length).Select(Shown);

    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => Array.Exists(names, n => n.Name == key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var index = Array.FindIndex(names, n => n.Name == key);
        value = index < 0 ? null : Shown(index);
        return index >= 0;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < names.Length; i++) yield return KeyValuePair.Create(names[i].Name, Shown(i));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private object? Shown(int index) => names[index].IsSecret && values[index] is not null ? "***" : values[index];
}
