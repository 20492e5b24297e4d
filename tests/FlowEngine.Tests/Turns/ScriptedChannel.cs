using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Outbox;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Tests.Turns;

/// <summary>A provider that accepts, unless told what to answer next.</summary>
public sealed class ScriptedChannel : IChannel
{
    private readonly Lock gate = new();
    private readonly Queue<SendResult> answers = new();
    private int serial;

    public string Kind { get; init; } = "test";

    public List<string> Sent { get; } = [];

    public List<Message> Calls { get; } = [];

    /// <summary>Completes with the first call.</summary>
    public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The provider answers only when this has completed.</summary>
    public Task Answers { get; set; } = Task.CompletedTask;

    public void AnswerNext(params SendResult[] results)
    {
        foreach (var result in results)
        {
            answers.Enqueue(result);
        }
    }

    public async ValueTask<SendResult> Send(Connection connection, Contact to, Message message, CancellationToken cancel)
    {
        lock (gate)
        {
            Calls.Add(message);
        }

        Called.TrySetResult();
        await Answers;
        lock (gate)
        {
            var result = answers.TryDequeue(out var scripted) ? scripted : SendResult.Accepted($"out.{++serial}");
            if (result.Outcome == SendOutcome.Accepted)
            {
                Sent.Add(message.Content.Text ?? message.Content.Kind);
            }

            return result;
        }
    }
}
