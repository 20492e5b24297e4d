using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace FlowEngine.Workflows.Values;

/// <summary>Plain values to JSON and back, by writer and reader: no reflection.</summary>
public static class JsonText
{
    internal static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly JsonWriterOptions Strict = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), SkipValidation = true };

    public static string Of(object? value) => Of(value, Relaxed);

    private static string Of(object? value, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The text that Elsa makes of a value: quotation marks, angle brackets, ampersands and pictures are escaped.</summary>
    public static string Escaped(object? value) => Of(value, Strict);

    /// <summary>The value that a JSON text stands for; null for none.</summary>
    public static object? Read(string? json)
    {
        if (json is null) return null;
        using var document = JsonDocument.Parse(json);
        return PlainValue.From(document.RootElement);
    }

    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case long number: writer.WriteNumberValue(number); break;
            case int number: writer.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): writer.WriteNumberValue(number); break;
            case double: writer.WriteNullValue(); break;
            case IReadOnlyDictionary<string, object?> map: WriteMap(writer, map); break;
            case List<object?> list: WriteList(writer, list); break;
            default: Write(writer, PlainValue.From(value)); break;
        }
    }

    /// <summary>The value of a JSON text, or false when it is none.</summary>
    public static bool TryParse(string text, out object? value)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            value = PlainValue.From(document.RootElement);
            return true;
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }

    private static void WriteMap(Utf8JsonWriter writer, IReadOnlyDictionary<string, object?> map)
    {
        writer.WriteStartObject();
        foreach (var (key, item) in map)
        {
            writer.WritePropertyName(key);
            Write(writer, item);
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, List<object?> list)
    {
        writer.WriteStartArray();
        foreach (var item in list) Write(writer, item);
        writer.WriteEndArray();
    }
}
