using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowEngine.Engine.Ai;
using OpenAI.Chat;

namespace FlowEngine.Server.Ai;

/// <summary>What the endpoint said, whole or gathered from a stream, and how it is read: exactly one call counts.</summary>
internal sealed class ModelAnswer
{
    private readonly SortedDictionary<int, (string Name, StringBuilder Arguments)> calls = [];
    private readonly StringBuilder text = new();
    private string? refusal;
    private ChatFinishReason? finish;
    private ChatTokenUsage? usage;

    public static ModelAnswer Of(ChatCompletion whole)
    {
        var answer = new ModelAnswer { refusal = whole.Refusal, finish = whole.FinishReason, usage = whole.Usage };
        foreach (var part in whole.Content)
        {
            answer.text.Append(part.Text);
        }

        foreach (var call in whole.ToolCalls)
        {
            answer.calls.Add(answer.calls.Count, (call.FunctionName, new StringBuilder(call.FunctionArguments.ToString())));
        }

        return answer;
    }

    public void Add(StreamingChatCompletionUpdate update)
    {
        (finish, usage, refusal) = (update.FinishReason ?? finish, update.Usage ?? usage, update.RefusalUpdate is { } more ? refusal + more : refusal);
        foreach (var part in update.ContentUpdate)
        {
            text.Append(part.Text);
        }

        foreach (var call in update.ToolCallUpdates)
        {
            var (name, arguments) = calls.TryGetValue(call.Index, out var known) ? known : ("", new StringBuilder());
            calls[call.Index] = (name + call.FunctionName, arguments.Append(call.FunctionArgumentsUpdate));
        }
    }

    public ModelReply Read(ModelEndpoint endpoint)
    {
        var cost = Cost(endpoint);
        if (refusal is not null || finish == ChatFinishReason.ContentFilter)
        {
            return new ModelReply.Failed(ModelFailure.Refused, "The model or its filter refused to answer.", cost);
        }

        return calls.Count switch
        {
            1 => Call(calls.Values.First(), cost),
            0 when text.Length == 0 => new ModelReply.Failed(ModelFailure.Empty, "The model said nothing.", cost),
            0 => new ModelReply.Failed(ModelFailure.Malformed, "You wrote a text without calling a function.", cost),
            _ => new ModelReply.Failed(ModelFailure.Malformed, $"You called {calls.Count} functions.", cost),
        };
    }

    private ModelReply Call((string Name, StringBuilder Arguments) call, ModelUsage? cost)
    {
        try
        {
            return JsonNode.Parse(call.Arguments.ToString()) is JsonObject arguments
                ? new ModelReply.Called(call.Name, arguments, cost)
                : new ModelReply.Failed(ModelFailure.Malformed, "The arguments are no JSON object.", cost);
        }
        catch (JsonException)
        {
            var cut = finish == ChatFinishReason.Length;
            return new ModelReply.Failed(ModelFailure.Malformed, cut ? "The reply was too long and was cut off: be briefer." : "The arguments are no JSON.", cost);
        }
    }

    private ModelUsage? Cost(ModelEndpoint endpoint) => usage is null ? new ModelUsage(endpoint.Model!, 0, 0) : new ModelUsage(
        endpoint.Model!, usage.InputTokenCount, usage.OutputTokenCount,
        ((usage.InputTokenCount * endpoint.InputPrice) + (usage.OutputTokenCount * endpoint.OutputPrice)) / 1_000_000m);
}
