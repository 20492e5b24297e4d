using System.Buffers;
using System.Text.Json;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.Turns;

/// <summary>
/// One burst of the journal as bytes: the clock's reading and the seed that replay it (decision 15), the lines it printed, and its entries.
/// </summary>
public static class JournalJson
{
    public static byte[] Write(RunResult result, DateTimeOffset now, ulong seed)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("now", now);
            json.WriteNumber("seed", seed);
            if (result.ConsoleLines.Count > 0)
            {
                json.WriteStartArray("console");
                foreach (var line in result.ConsoleLines)
                {
                    json.WriteStringValue(line);
                }

                json.WriteEndArray();
            }

            json.WriteStartArray("entries");
            foreach (var entry in result.Journal)
            {
                Write(json, entry);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, JournalEntry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("s", entry.Sequence);
        json.WriteString("e", entry.EventName);
        json.WriteString("a", entry.ActivityId);
        json.WriteString("n", entry.NodeId);
        json.WriteString("t", entry.ActivityType);
        json.WriteString("x", entry.ActivityInstanceId);
        Optional(json, "name", entry.ActivityName);
        Optional(json, "p", entry.ParentActivityInstanceId);
        Optional(json, "m", entry.Message);
        if (entry.Outcomes is { } outcomes)
        {
            json.WriteStartArray("o");
            foreach (var outcome in outcomes)
            {
                json.WriteStringValue(outcome);
            }

            json.WriteEndArray();
        }

        WriteValues(json, "state", entry.ActivityState);
        WriteValues(json, "out", entry.Outputs);
        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, object?>? values)
    {
        if (values is not { Count: > 0 })
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            json.WritePropertyName(key);
            Write(json, value);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case System.Text.Json.Nodes.JsonNode node:
                node.WriteTo(json);
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            case IReadOnlyDictionary<string, object?> map:
                WriteMap(json, map);
                break;
            case System.Collections.IEnumerable list:
                json.WriteStartArray();
                foreach (var item in list)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteMap(Utf8JsonWriter json, IReadOnlyDictionary<string, object?> map)
    {
        json.WriteStartObject();
        foreach (var (key, item) in map)
        {
            json.WritePropertyName(key);
            Write(json, item);
        }

        json.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
