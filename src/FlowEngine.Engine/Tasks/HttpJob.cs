using System.Text.Json;
using System.Text.Json.Serialization;
using FlowEngine.Workflows.Interpreter;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Engine.Tasks;

/// <summary>An HTTP request of a flow as a task holds it (encrypted, <see cref="TaskSeal"/>).</summary>
/// <param name="ContentJson">The body as the flow wrote it: a text as it is, anything else as JSON.</param>
/// <param name="AsFile">Whether the answer's body is wanted as a file, whatever its type.</param>
public sealed record HttpJob(
    string Url, string Method, string? ContentJson, string? ContentType, string? Authorization, IReadOnlyDictionary<string, string>? Headers, string? Strategy, bool AsFile = false)
{
    public const string TaskKind = "http";

    public static byte[] Write(HttpCall call) => JsonSerializer.SerializeToUtf8Bytes(
        new HttpJob(
            call.Url, call.Method, call.Content is null ? null : JsonText.Of(call.Content), call.ContentType, call.Authorization,
            call.Headers?.ToDictionary(h => h.Key, h => h.Value is string text ? text : JsonText.Of(h.Value)), call.ResilienceStrategy, call.AsFile),
        HttpJobJson.Default.HttpJob);

    public static HttpJob Read(byte[] payload) => JsonSerializer.Deserialize(payload, HttpJobJson.Default.HttpJob)!;
}

[JsonSerializable(typeof(HttpJob))]
internal sealed partial class HttpJobJson : JsonSerializerContext;
