using System.ClientModel;
using System.ClientModel.Primitives;
using FlowEngine.Engine.Ai;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using OpenAI;

namespace FlowEngine.Server.Ai;

/// <summary>
/// The door to a model by Semantic Kernel. Functions are only offered, never run by the kernel, and nothing is repeated here: both are for
/// those who know what a wrong answer costs. No logger is handed on, so that neither key nor text can get into logs.
/// </summary>
public sealed class SemanticKernelModel : IChatModel, IDisposable
{
    private readonly WithdrawnCalls calls = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        // What nobody wants any more is not read to its end.
        ResponseDrainTimeout = TimeSpan.Zero,
    });

    private readonly HttpClient http;
    private readonly ModelEndpoint endpoint;
    private readonly OpenAIChatCompletionService chat;
    private readonly Kernel kernel = new();

    public SemanticKernelModel(ModelEndpoint endpoint)
    {
        this.endpoint = endpoint;
        http = new HttpClient(calls) { Timeout = Timeout.InfiniteTimeSpan };
        var options = new OpenAIClientOptions
        {
            Endpoint = endpoint.Address(),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            RetryPolicy = new ClientRetryPolicy(0),
            Transport = new HttpClientPipelineTransport(http),
        };
        var key = new ApiKeyCredential(string.IsNullOrWhiteSpace(endpoint.ApiKey) ? "none" : endpoint.ApiKey);
        chat = new OpenAIChatCompletionService(endpoint.Model!, new OpenAIClient(key, options));
    }

    public async ValueTask<ModelReply> Ask(ModelRequest request, CancellationToken cancel)
    {
        calls.EndWith(cancel);
        try
        {
            var answer = endpoint.Stream ? await Streamed(request, cancel) : await Whole(request, cancel);
            return answer.Read(endpoint);
        }
        catch (Exception failure)
        {
            cancel.ThrowIfCancellationRequested();
            return EndpointFailure.Of(failure);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<ModelAnswer> Whole(ModelRequest request, CancellationToken cancel)
    {
        var answers = await chat.GetChatMessageContentsAsync(ModelMessages.Of(request), Settings(request), kernel, cancel);
        return ModelAnswer.Of((OpenAI.Chat.ChatCompletion)answers[0].InnerContent!);
    }

    private async Task<ModelAnswer> Streamed(ModelRequest request, CancellationToken cancel)
    {
        var answer = new ModelAnswer();
        await foreach (var part in chat.GetStreamingChatMessageContentsAsync(ModelMessages.Of(request), Settings(request), kernel, cancel))
        {
            if (part.InnerContent is OpenAI.Chat.StreamingChatCompletionUpdate update)
            {
                answer.Add(update);
            }
        }

        return answer;
    }

    private static OpenAIPromptExecutionSettings Settings(ModelRequest request) => new()
    {
        MaxTokens = request.MaxTokens > 0 ? request.MaxTokens : null,
        FunctionChoiceBehavior = FunctionChoiceBehavior.Required(request.Functions.Select(ModelMessages.Function), autoInvoke: false),
    };
}
