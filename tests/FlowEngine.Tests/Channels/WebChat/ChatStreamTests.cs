using System.IO.Pipelines;
using FlowEngine.Conversations;
using FlowEngine.Engine.Live;
using FlowEngine.Server.Channels.WebChat;
using FlowEngine.Tests.Api;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests.Channels.WebChat;

public sealed class ChatStreamTests : IDisposable
{
    private static readonly Guid Mine = Guid.Parse("018f0000-0000-7000-8000-000000000001");
    private readonly FakeTimeProvider clock = new();
    private readonly LiveFeed feed = new();
    private readonly Pipe pipe = new();
    private readonly CancellationTokenSource gone = new();

    public void Dispose() => gone.Dispose();

    [Fact]
    public async Task A_page_looks_when_it_begins_to_listen_and_after_each_commit_of_its_own_conversation()
    {
        var (stream, lines) = Listen();
        await Look(lines);

        feed.Publish(Change(Guid.Parse("018f0000-0000-7000-8000-000000000002")));
        feed.Publish(Change(Mine));

        await Look(lines);
        var silence = lines.ReadLineAsync();
        while (!silence.IsCompleted && !stream.IsCompleted)
        {
            clock.Advance(ChatStream.Heartbeat);
            await Task.WhenAny(silence, Task.Delay(2_000));
        }

        (await silence).Should().StartWith(":", "the other conversation's commit is not told");
        await gone.CancelAsync();
        await stream.Invoking(async s => await s).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_stream_ends_after_a_while_so_that_its_page_proves_again_who_it_is()
    {
        var (stream, lines) = Listen();
        await Look(lines);

        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!stream.IsCompleted && !bound.IsCancellationRequested)
        {
            clock.Advance(ChatStream.Heartbeat);
            await Task.WhenAny(stream, Task.Delay(20));
        }

        stream.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task Before_the_first_message_there_is_nothing_to_listen_to_and_afterwards_there_is()
    {
        await using var host = await ApiHost.Start();
        var visitor = await ChatClient.Begin(host);
        (await visitor.Http.GetAsync("/chat/web/stream")).StatusCode.Should().Be(System.Net.HttpStatusCode.NoContent);
        await visitor.Write("Hola");

        using var answer = await visitor.Http.GetAsync("/chat/web/stream", HttpCompletionOption.ResponseHeadersRead);

        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        (await lines.ReadLineAsync()).Should().Be("data: look");
    }

    private (Task Stream, StreamReader Lines) Listen() =>
        (ChatStream.Run(pipe.Writer.AsStream(), feed, Mine, clock, gone.Token), new StreamReader(pipe.Reader.AsStream()));

    private static async Task Look(StreamReader lines)
    {
        (await lines.ReadLineAsync()).Should().Be("data: look");
        (await lines.ReadLineAsync()).Should().BeEmpty();
    }

    private static ConversationChanged Change(Guid id) => new(id, 7, Tab.Automated, Tab.Waiting, Owner.Queue("sales", "Sales"), "web", "sales", null, true);
}
