using System.Text.Json.Nodes;
using FlowEngine.Engine.Ai;

namespace FlowEngine.Server.Knowledge;

/// <summary>
/// Stands behind the model's door when no endpoint is configured: it answers with a quotation of the company's articles or not at all. What
/// needs a language model, such as choosing a category, it cannot do and says so.
/// </summary>
public sealed class QuotingModel(KnowledgeOptions options) : IChatModel
{
    private const string Answer = "answer";
    private const string HandOff = "hand_off";

    public ValueTask<ModelReply> Ask(ModelRequest request, CancellationToken cancel)
    {
        var offered = request.Functions.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        ModelReply reply = !offered.Contains(Answer) || !offered.Contains(HandOff)
            ? new ModelReply.Failed(ModelFailure.NotConfigured, "No model endpoint is configured (FlowEngine__Ai__Endpoint).")
            : Quotation.From(request.Passages, options) is { } quotation
                ? new ModelReply.Called(Answer, new JsonObject { ["text"] = quotation.Text, ["sources"] = new JsonArray(1) })
                : new ModelReply.Called(HandOff, new JsonObject { ["reason"] = "noArticle", ["summary"] = request.Question });
        return ValueTask.FromResult(reply);
    }
}
