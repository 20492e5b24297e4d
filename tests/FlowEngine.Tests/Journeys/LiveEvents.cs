using System.Collections.Concurrent;

namespace FlowEngine.Tests.Journeys;

/// <summary>A listener of <c>GET /api/events</c>.</summary>
public sealed class LiveEvents : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> lines = new();
    private readonly CancellationTokenSource end = new();
    private readonly HttpResponseMessage answer;
    private readonly Task reading;

    private LiveEvents(HttpResponseMessage answer)
    {
        this.answer = answer;
        reading = Read();
    }

    /// <summary>Ends when the stream is open.</summary>
    public static async Task<LiveEvents> Of(HttpClient http)
    {
        var events = new LiveEvents(await http.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead));
        while (events.lines.IsEmpty && !events.reading.IsCompleted)
        {
            await Task.Delay(10);
        }

        return events;
    }

    /// <summary>A change of this conversation came.</summary>
    public bool Saw(string conversation) => lines.Any(l => l.StartsWith("data: ", StringComparison.Ordinal) && l.Contains(conversation, StringComparison.Ordinal));

    /// <summary>The server has ended the stream.</summary>
    public bool HasEnded => reading.IsCompleted;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        answer.Dispose();
        await reading;
        end.Dispose();
    }

    private async Task Read()
    {
        try
        {
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(end.Token));
            while (await reader.ReadLineAsync(end.Token) is { } line)
            {
                lines.Enqueue(line);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Cut off by us or by the server's end.
        }
    }
}
