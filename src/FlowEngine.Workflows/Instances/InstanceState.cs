using System.Buffers;
using System.Text.Json;
using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Workflows.Instances;

/// <summary>
/// An instance as bytes: a version byte, then JSON written and read by hand (decision 5). Names are short and never reused
/// for something else; a reader of this version reads all earlier ones.
/// </summary>
public static class InstanceState
{
    internal const byte Version = 1;

    /// <summary>The whole instance; between bursts only.</summary>
    public static byte[] Write(WorkflowInstance instance)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        buffer.GetSpan(1)[0] = Version;
        buffer.Advance(1);
        using (var writer = new Utf8JsonWriter(buffer, Values.JsonText.Relaxed))
        {
            InstanceWriter.Write(writer, instance);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote, for the version of the definition that it was written with.</summary>
    /// <exception cref="InvalidDataException">The bytes are of an unknown version or another definition.</exception>
    public static WorkflowInstance Read(ReadOnlyMemory<byte> bytes, WorkflowGraph graph)
    {
        if (bytes.IsEmpty || bytes.Span[0] != Version) throw new InvalidDataException($"Instance state of version {(bytes.IsEmpty ? -1 : bytes.Span[0])} cannot be read; known is {Version}.");
        using var document = JsonDocument.Parse(bytes[1..], new JsonDocumentOptions { MaxDepth = 1024 });
        return new InstanceReader(graph).Read(document.RootElement);
    }
}
