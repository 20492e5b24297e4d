using System.Text.Json.Serialization;

namespace FlowEngine.WaSim.Faults;

/// <summary>The calls of the Graph surface, as faults tell them apart.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GraphCall>))]
public enum GraphCall
{
    /// <summary>A message, or that one was read.</summary>
    Send,

    MediaUpload,

    /// <summary>The question for a file's address and digest.</summary>
    MediaUrl,

    /// <summary>The file's bytes from that address.</summary>
    MediaBytes,

    MediaDelete,
}
