using System.Text.Json.Serialization;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Engine.Turns;

/// <summary>Generated JSON for what a turn stores as text: outcomes of commands and events.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CommandOutcome))]
[JsonSerializable(typeof(RunOutcome))]
[JsonSerializable(typeof(MailboxEvent))]
public sealed partial class TurnJson : JsonSerializerContext;
