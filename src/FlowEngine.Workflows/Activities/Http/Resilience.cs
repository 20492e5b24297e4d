using System.Text.Json;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Expressions;
using FlowEngine.Workflows.Interpreter;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Activities.Http;

/// <summary>
/// How often a request may be tried again, from the custom property <c>resilienceStrategy</c>: the id of a policy of the server, or an expression that answers
/// such an id or a policy itself.
/// </summary>
internal sealed class Resilience
{
    private readonly string? named;
    private readonly Expression? computed;

    private Resilience(string? named, Expression? computed) => (this.named, this.computed) = (named, computed);

    /// <summary>Null when the activity names none.</summary>
    public static Resilience? Of(NodeScope scope)
    {
        var bag = Json.Property(scope.Node.Json, "customProperties") ?? default;
        if (Json.Property(bag, "resilienceStrategy") is not { ValueKind: JsonValueKind.Object } policy) return null;
        var isComputed = string.Equals(Json.Text(policy, "mode"), "Expression", StringComparison.OrdinalIgnoreCase);
        var at = scope.At("customProperties").At("resilienceStrategy");
        return isComputed ? new Resilience(null, at.Expression(Json.Property(policy, "expression"), ValueKind.Object)) : new Resilience(Json.Text(policy, "strategyId"), null);
    }

    /// <summary>The policy as JSON: <c>{"strategyId": …}</c>, or its own members. Null is none.</summary>
    /// <exception cref="InputFailure">The expression failed, or answered what is no policy.</exception>
    public string? For(Execution execution)
    {
        if (computed is null) return Named(named);
        try
        {
            return PlainValue.From(computed.Evaluate(execution)) switch
            {
                null or "" => null,
                string text when JsonText.TryParse(text, out var parsed) && parsed is Dictionary<string, object?> map => JsonText.Of(map),
                string id => Named(id),
                Dictionary<string, object?> policy => JsonText.Of(policy),
                var other => throw new ScriptFailure($"'{ValueText.Of(other)}' is neither a policy's id nor a policy."),
            };
        }
        catch (Exception cause) when (cause is not InputFailure)
        {
            throw new InputFailure("ResilienceStrategy", cause);
        }
    }

    private static string? Named(string? id) => string.IsNullOrEmpty(id) ? null : JsonText.Of(new Dictionary<string, object?> { ["strategyId"] = id });
}
