using System.Net;
using System.Net.Http.Headers;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>
/// The body of a send that knows whether it began to leave. It looks at the deadline at the last moment there is, just before its first
/// byte goes out: a worker that woke up late must not speak (ownership.md section 5, step 3).
/// </summary>
internal sealed class FencedContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> body;
    private readonly DateTimeOffset? deadline;
    private readonly TimeProvider clock;

    public FencedContent(ReadOnlyMemory<byte> body, DateTimeOffset? deadline, TimeProvider clock)
    {
        this.body = body;
        this.deadline = deadline;
        this.clock = clock;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>Whether a byte may have reached the provider. While it is false, repeating is safe.</summary>
    public bool Left { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (deadline is { } last && clock.GetUtcNow() >= last)
            throw new DeadlinePassedException();

        Left = true;
        return stream.WriteAsync(body, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}

/// <summary>The attempt came too late to be made; nothing was sent.</summary>
internal sealed class DeadlinePassedException() : IOException("The deadline of the attempt passed before its first byte left.");
