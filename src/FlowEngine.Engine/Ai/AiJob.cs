using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlowEngine.Engine.Ai;

public enum AiPurpose { Reply, Classify, Extract }

/// <summary>What a step wants of a model, as it stands in the task. The conversation itself is read when the work begins.</summary>
public sealed record AiJob
{
    /// <summary>The kind of its task.</summary>
    public const string TaskKind = "model";

    public required AiPurpose Purpose { get; init; }

    /// <summary>The author's own instructions.</summary>
    public string Instructions { get; init; } = "";

    /// <summary>Whether answers must come from the knowledge base.</summary>
    public bool Knowledge { get; init; }

    public int Passages { get; init; } = 4;

    /// <summary>How much of the conversation the model sees.</summary>
    public int Messages { get; init; } = 12;

    /// <summary>Replies of the assistant allowed in one episode; 0 is no bound.</summary>
    public int MaxTurns { get; init; }

    /// <summary>Characters that the channel takes in one message.</summary>
    public int LongestText { get; init; } = 4096;

    /// <summary>To whom a handoff may go: key and name.</summary>
    public IReadOnlyList<AiLabel> Departments { get; init; } = [];

    /// <summary>For classifying: value and what it means.</summary>
    public IReadOnlyList<AiLabel> Categories { get; init; } = [];

    /// <summary>For extracting: field, type and what it means.</summary>
    public IReadOnlyList<AiField> Fields { get; init; } = [];

    /// <summary>What is classified or extracted from; null takes what the lead wrote.</summary>
    public string? Text { get; init; }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, AiJson.Default.AiJob);

    public static AiJob Read(byte[] payload) => JsonSerializer.Deserialize(payload, AiJson.Default.AiJob)!;
}

/// <summary>One of several things to choose from.</summary>
public sealed record AiLabel(string Value, string Meaning);

/// <param name="Type">text, number, email, phone, date.</param>
public sealed record AiField(string Name, string Type, string Meaning);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AiJob))]
[JsonSerializable(typeof(AiResult))]
internal sealed partial class AiJson : JsonSerializerContext;
