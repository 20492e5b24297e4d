namespace FlowEngine.Engine.Tasks;

/// <summary>Encrypts what a task holds at rest: an HTTP request may carry keys of other systems. A pure function to the turn that asks.</summary>
public sealed class TaskSeal(Func<byte[], byte[]> seal, Func<byte[], byte[]> open)
{
    public byte[] Seal(byte[] payload) => seal(payload);

    public byte[] Open(byte[] sealedPayload) => open(sealedPayload);
}
