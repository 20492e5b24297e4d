using System.IO.Pipelines;
using System.Security.Claims;
using FlowEngine.Conversations;
using FlowEngine.Engine.Live;
using FlowEngine.Server.Api;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests.Api;

public sealed class EventStreamTests : IDisposable
{
    private static readonly ConversationChanged Change = new(
        Guid.Parse("018f0000-0000-7000-8000-000000000001"), 7, Tab.Automated, Tab.Waiting, Owner.Queue("sales", "Sales"), "ventas", "sales", null, true);

    private readonly FakeTimeProvider clock = new();
    private readonly LiveFeed feed = new();
    private readonly Pipe pipe = new();
    private readonly CancellationTokenSource gone = new();
    private bool holds = true;

    public void Dispose() => gone.Dispose();

    [Fact]
    public async Task A_commit_is_told_with_its_version()
    {
        var (stream, lines) = await Listen();

        feed.Publish(Change);

        (await lines.ReadLineAsync()).Should().Be("event: conversation");
        (await lines.ReadLineAsync()).Should().StartWith("data: {").And.Contain("\"version\":7").And.Contain("\"tab\":\"waiting\"").And.Contain("\"kind\":\"queue\"");
        await End(stream);
    }

    [Fact]
    public async Task Silence_is_filled_with_comments()
    {
        var (stream, lines) = await Listen();

        var read = lines.ReadLineAsync();
        await Pass(EventStream.Heartbeat, read);

        (await read).Should().StartWith(":");
        await End(stream);
    }

    [Fact]
    public async Task Somebody_who_lost_the_right_hears_no_more()
    {
        var (stream, _) = await Listen();
        holds = false;

        await Pass(EventStream.RightsAge, stream);

        await stream.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Whoever_fell_behind_is_told_to_read_again()
    {
        using var slow = new MemoryStream();
        using var started = new SemaphoreSlim(0);
        var blocked = new TaskCompletionSource();
        await using var stuck = new StuckStream(slow, started, blocked.Task);
        var stream = EventStream.Run(stuck, feed, clock, new ClaimsPrincipal(), _ => Task.FromResult(holds), gone.Token);
        await started.WaitAsync();
        for (var i = 0; i <= EventStream.Backlog; i++)
        {
            feed.Publish(Change with { Version = i });
        }

        blocked.SetResult();
        while (!System.Text.Encoding.UTF8.GetString(slow.ToArray()).Contains($"\"version\":{EventStream.Backlog}", StringComparison.Ordinal))
        {
            await Task.Yield();
        }

        System.Text.Encoding.UTF8.GetString(slow.ToArray()).Should().Contain("event: resync").And.NotContain("\"version\":0,");
        await End(stream);
    }

    private async Task<(Task Stream, StreamReader Lines)> Listen()
    {
        var stream = EventStream.Run(pipe.Writer.AsStream(), feed, clock, new ClaimsPrincipal(), _ => Task.FromResult(holds), gone.Token);
        var lines = new StreamReader(pipe.Reader.AsStream());
        while ((await lines.ReadLineAsync()) is not "data: {}")
        {
        }

        await lines.ReadLineAsync();
        return (stream, lines);
    }

    /// <summary>Time goes on in steps until it has happened: the stream may not have begun to wait when the first step comes.</summary>
    private async Task Pass<T>(TimeSpan time, T happening) where T : Task
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!happening.IsCompleted)
        {
            bound.Token.ThrowIfCancellationRequested();
            clock.Advance(time);
            await Task.WhenAny(happening, Task.Delay(10));
        }
    }

    private async Task End(Task stream)
    {
        await gone.CancelAsync();
        await FluentActions.Awaiting(() => stream).Should().ThrowAsync<OperationCanceledException>();
    }

    /// <summary>Takes nothing until it is released, as a browser on a bad line.</summary>
    private sealed class StuckStream(MemoryStream to, SemaphoreSlim started, Task released) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => to.Length;

        public override long Position { get => to.Position; set => throw new NotSupportedException(); }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            started.Release();
            await released;
            lock (to)
            {
                to.Write(buffer.Span);
            }
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
