using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlowEngine.Workflows.Values;

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class PlainJson : JsonSerializerContext;
