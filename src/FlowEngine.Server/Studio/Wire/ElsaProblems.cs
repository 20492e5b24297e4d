using FlowEngine.Server.Flows;
using Microsoft.AspNetCore.Mvc;

namespace FlowEngine.Server.Studio.Wire;

/// <summary>
/// Refusals as the Studio shows them: a 400 whose <c>errors</c> become messages on the screen while the work stays there. Never a 5xx, which
/// it would repeat.
/// </summary>
internal static class ElsaProblems
{
    public static IResult Of(string field, params string[] messages) => Results.Problem(new ProblemDetails
    {
        Status = StatusCodes.Status400BadRequest,
        Type = "https://www.rfc-editor.org/rfc/rfc7231#section-6.5.1",
        Title = messages.FirstOrDefault() ?? "The request was refused.",
        Extensions = { ["code"] = field, ["errors"] = new Dictionary<string, string[]> { [field] = messages } },
    });

    public static IResult NotAnObject => Of("body", "The request's body is not a JSON object.");

    /// <summary>What became of a change, where nothing was changed.</summary>
    public static IResult Of(FlowOutcome outcome) => outcome.Change switch
    {
        FlowChange.NotFound => Results.NotFound(),
        FlowChange.Conflict => Of("conflict", $"{outcome.By ?? "Somebody else"} has saved this flow since you opened it. Your change was not saved: copy what you need, reload the page and make it again."),
        _ => Of(outcome.Findings is [var first, ..] ? first.Code : "refused", [.. outcome.Findings.Where(f => f.Severity == Engine.Verification.FindingSeverity.Error).Select(f => f.Message)]),
    };
}
