using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowEngine.Engine.Verification;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Studio.Wire;

namespace FlowEngine.Server.Studio.Definitions;

/// <summary>Saving, publishing, unpublishing, deleting and going back; administrators only.</summary>
internal static class ChangeDefinitions
{
    /// <summary>What the verifier found, for the frame around the Studio, which shows warnings beside the Studio's own messages.</summary>
    private const string FindingsHeader = "X-FlowEngine-Findings";

    // A header is no place for a book: what is beyond this is in the answer's body.
    private const int MostFindings = 20;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/workflow-definitions", Save);
        api.MapPost("/workflow-definitions/{definitionId}/publish", Publish);
        api.MapPost("/workflow-definitions/{definitionId}/retract", Retract);
        api.MapPost("/workflow-definitions/{definitionId}/revert/{version}", Revert);
        api.MapDelete("/workflow-definitions/{definitionId}", async (string definitionId, FlowVersions versions, CancellationToken cancel) =>
            await versions.Delete(definitionId, cancel) ? Results.NoContent() : Results.NotFound());
        api.MapDelete("/workflow-definition-versions/{id}", DeleteVersion);
        api.MapDelete("/workflow-definitions/{definitionId}/version/{version}", DeleteNumber);
    }

    /// <summary>Auto-save, save and the editor's publish: one door. What cannot be published is kept as a draft all the same.</summary>
    private static async Task<IResult> Save(
        HttpContext http, ClaimsPrincipal user, FlowDrafts drafts, FlowPublishing publishing, DefinitionView view, CancellationToken cancel)
    {
        if (await ElsaJson.Body(http.Request, cancel) is not { } body || body["model"] is not JsonObject posted || posted["root"] is not JsonObject root)
        {
            return ElsaProblems.Of("model", "The request needs a model with a root activity.");
        }

        MissingActivity.Unwrap(root);
        var saved = await drafts.Save((JsonObject)posted.DeepClone(), user.Editor(), cancel);
        return saved.Change is not (FlowChange.Done or FlowChange.Already) ? ElsaProblems.Of(saved)
            : body.Flag("publish") == true ? Answer(http, await publishing.Publish(saved.Version!.DefinitionId, cancel), view, user)
            : Answer(http, saved with { Change = FlowChange.Done, Found = await publishing.Check(saved.Version!.Json, cancel) }, view, user);
    }

    private static async Task<IResult> Publish(string definitionId, HttpContext http, ClaimsPrincipal user, FlowPublishing publishing, DefinitionView view, CancellationToken cancel) =>
        Answer(http, await publishing.Publish(definitionId, cancel), view, user);

    private static async Task<IResult> Retract(string definitionId, ClaimsPrincipal user, FlowPublishing publishing, DefinitionView view, CancellationToken cancel)
    {
        var outcome = await publishing.Retract(definitionId, cancel);
        return outcome.Change == FlowChange.Done ? ElsaJson.Ok(view.Full(outcome.Version!, user.MayEdit())) : ElsaProblems.Of(outcome);
    }

    private static async Task<IResult> Revert(string definitionId, string version, ClaimsPrincipal user, FlowVersions versions, CancellationToken cancel)
    {
        var outcome = int.TryParse(version, out var number) ? await versions.Revert(definitionId, number, user.Editor(), cancel) : FlowOutcome.NotFound;
        return outcome.Change == FlowChange.Done
            ? Results.Json(DefinitionSummary.Of(outcome.Version!, user.MayEdit()), ElsaJson.Options, statusCode: StatusCodes.Status201Created)
            : ElsaProblems.Of(outcome);
    }

    private static async Task<IResult> DeleteVersion(string id, FlowVersions versions, CancellationToken cancel)
    {
        var outcome = await versions.DeleteVersion(id, cancel);
        return outcome.Change == FlowChange.Done ? Results.NoContent() : ElsaProblems.Of(outcome);
    }

    private static async Task<IResult> DeleteNumber(string definitionId, string version, FlowVersions versions, CancellationToken cancel) =>
        int.TryParse(version, out var number) && await versions.Find(definitionId, number, cancel) is { } id ? await DeleteVersion(id, versions, cancel) : Results.NotFound();

    private static IResult Answer(HttpContext http, FlowOutcome outcome, DefinitionView view, ClaimsPrincipal user)
    {
        Tell(http, outcome.Findings);
        return outcome.Change is not (FlowChange.Done or FlowChange.Already) ? ElsaProblems.Of(outcome) : ElsaJson.Ok(new
        {
            workflowDefinition = view.Full(outcome.Version!, user.MayEdit()),
            alreadyPublished = outcome.Change == FlowChange.Already,
            consumingWorkflowCount = 0,
            validationErrors = Array.Empty<object>(),
        });
    }

    private static void Tell(HttpContext http, IReadOnlyList<Finding> findings) => http.Response.Headers[FindingsHeader] =
        Uri.EscapeDataString(JsonSerializer.Serialize(findings.Take(MostFindings).Select(f => new { severity = f.Severity.ToString().ToLowerInvariant(), f.Code, f.Message, f.ActivityId }), ElsaJson.Options));
}
