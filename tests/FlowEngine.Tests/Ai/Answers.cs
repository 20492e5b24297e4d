using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FlowEngine.Tests.Ai;

/// <summary>What endpoints answer, well and badly.</summary>
internal static class Answers
{
    public static StubAnswer Calls(string function, object arguments) => Calls((function, JsonSerializer.Serialize(arguments)));

    /// <summary>Calls with their arguments as they stand on the wire.</summary>
    public static StubAnswer Calls(params (string Function, string Arguments)[] calls) => (http, request) =>
        IsStream(request) ? Stream(http, Deltas(calls)) : Whole(http, new JsonObject { ["role"] = "assistant", ["content"] = null, ["tool_calls"] = ToolCalls(calls) }, "tool_calls");

    public static StubAnswer Says(string? text, string finish = "stop") => (http, request) =>
        IsStream(request) ? Stream(http, [new JsonObject { ["content"] = text }]) : Whole(http, new JsonObject { ["role"] = "assistant", ["content"] = text }, finish);

    public static StubAnswer Status(int status, string? retryAfter = null, string body = """{"error":{"message":"no","type":"error","code":"some"}}""") => async (http, _) =>
    {
        http.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            http.Response.Headers.RetryAfter = retryAfter;
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body);
    };

    public static StubAnswer Raw(string body) => Status(200, null, body);

    /// <summary>Announces a whole answer and breaks the connection in the middle of it.</summary>
    public static StubAnswer BreaksOff() => async (http, _) =>
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = 5_000;
        await http.Response.WriteAsync("{\"id\":\"x\",\"choices\":[{\"index\":0,");
        await http.Response.Body.FlushAsync();
        http.Abort();
    };

    /// <summary>Says nothing until it is let go, then answers as given.</summary>
    public static StubAnswer Waits(Task gate, StubAnswer then) => async (http, request) =>
    {
        await gate.WaitAsync(http.RequestAborted);
        await then(http, request);
    };

    /// <summary>Begins a stream and keeps it open in the middle of the call until it is let go.</summary>
    public static StubAnswer WaitsInStream(Task gate, string function, object arguments) => async (http, _) =>
    {
        var deltas = Deltas([(function, JsonSerializer.Serialize(arguments))]);
        http.Response.ContentType = "text/event-stream";
        await Write(http, Chunk(deltas[0], null));
        await gate.WaitAsync(http.RequestAborted);
        foreach (var delta in deltas.Skip(1))
        {
            await Write(http, Chunk(delta, null));
        }

        await End(http, "tool_calls");
    };

    private static bool IsStream(JsonNode request) => request["stream"]?.GetValue<bool>() == true;

    private static async Task Whole(HttpContext http, JsonObject message, string finish)
    {
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(new JsonObject
        {
            ["id"] = "c1",
            ["object"] = "chat.completion",
            ["created"] = 1,
            ["model"] = "stub",
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = finish }),
            ["usage"] = Usage(),
        }.ToJsonString());
    }

    private static async Task Stream(HttpContext http, IReadOnlyList<JsonObject> deltas)
    {
        http.Response.ContentType = "text/event-stream";
        foreach (var delta in deltas)
        {
            await Write(http, Chunk(delta, null));
        }

        await End(http, "stop");
    }

    private static async Task End(HttpContext http, string finish)
    {
        await Write(http, Chunk([], finish));
        var last = Chunk([], null);
        last["choices"] = new JsonArray();
        last["usage"] = Usage();
        await Write(http, last);
        await http.Response.WriteAsync("data: [DONE]\n\n");
    }

    private static async Task Write(HttpContext http, JsonObject chunk)
    {
        await http.Response.WriteAsync($"data: {chunk.ToJsonString()}\n\n", http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    private static JsonObject Chunk(JsonObject delta, string? finish) => new()
    {
        ["id"] = "c1",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1,
        ["model"] = "stub",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
    };

    private static JsonArray ToolCalls((string Function, string Arguments)[] calls) => [.. calls.Select((c, i) => (JsonNode)new JsonObject
    {
        ["id"] = $"call{i}",
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = c.Function, ["arguments"] = c.Arguments },
    })];

    /// <summary>Each call in three parts: its name, and its arguments in two.</summary>
    private static List<JsonObject> Deltas((string Function, string Arguments)[] calls) =>
        [.. calls.SelectMany((c, i) => new[]
        {
            Delta(i, $"call{i}", c.Function, ""),
            Delta(i, null, null, c.Arguments[..(c.Arguments.Length / 2)]),
            Delta(i, null, null, c.Arguments[(c.Arguments.Length / 2)..]),
        })];

    private static JsonObject Delta(int index, string? id, string? name, string arguments)
    {
        var function = new JsonObject { ["arguments"] = arguments };
        var call = new JsonObject { ["index"] = index, ["function"] = function };
        if (id is not null)
        {
            (call["id"], call["type"], function["name"]) = (id, "function", name);
        }

        return new JsonObject { ["tool_calls"] = new JsonArray(call) };
    }

    private static JsonObject Usage() => new() { ["prompt_tokens"] = 120, ["completion_tokens"] = 30, ["total_tokens"] = 150 };
}
