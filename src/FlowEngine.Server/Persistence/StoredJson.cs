using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FlowEngine.Conversations;

namespace FlowEngine.Server.Persistence;

/// <summary>JSON of the columns that hold it. Absent means default, so that a property added later reads old rows.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(MessageContent))]
[JsonSerializable(typeof(SendError))]
[JsonSerializable(typeof(ImmutableArray<Problem>))]
[JsonSerializable(typeof(ImmutableSortedDictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyCollection<string>))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    /// <summary>Text is stored as people wrote it, not escaped: this JSON is never put into a page as it is.</summary>
    public static StoredJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
