using System.Collections.Concurrent;
using System.Text.Json;
using FlowEngine.Engine.Ai;

namespace FlowEngine.Tests.Ai;

/// <summary>A model that answers what the test says, at once or when it is let go.</summary>
internal sealed class ScriptedModel : IChatModel, IDisposable
{
    private readonly ConcurrentQueue<Task<ModelReply>> script = new();
    private readonly SemaphoreSlim asked = new(0);

    public ConcurrentQueue<ModelRequest> Requests { get; } = new();

    public async ValueTask<ModelReply> Ask(ModelRequest request, CancellationToken cancel)
    {
        Requests.Enqueue(request);
        asked.Release();
        return script.TryDequeue(out var next) ? await next.WaitAsync(cancel) : new ModelReply.Failed(ModelFailure.Empty, "The script is over.");
    }

    /// <summary>Returns when one more call has come.</summary>
    public async Task Asked() => (await asked.WaitAsync(TimeSpan.FromMinutes(2))).Should().BeTrue("the model waits for a call");

    public void Dispose() => asked.Dispose();

    public ScriptedModel Then(params ModelReply[] replies)
    {
        foreach (var reply in replies)
        {
            script.Enqueue(Task.FromResult(reply));
        }

        return this;
    }

    /// <summary>The next call lasts until the result is set.</summary>
    public TaskCompletionSource<ModelReply> Later()
    {
        var later = new TaskCompletionSource<ModelReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        script.Enqueue(later.Task);
        return later;
    }

    public static ModelReply Calls(string function, object arguments) =>
        new ModelReply.Called(function, JsonSerializer.SerializeToNode(arguments)!.AsObject(), new ModelUsage("scripted", 100, 20, 0.001m));

    public static ModelReply Answer(string text, params int[] sources) => Calls("answer", new { text, sources });

    public static ModelReply Fails(ModelFailure failure, TimeSpan? retryAfter = null) => new ModelReply.Failed(failure, "scripted", null, retryAfter);
}
