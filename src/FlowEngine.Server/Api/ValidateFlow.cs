using System.Text.Json.Nodes;
using FlowEngine.Engine.Verification;
using FlowEngine.Server.Access;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Flows;

namespace FlowEngine.Server.Api;

/// <summary><c>POST /api/flows/validate</c>: what the verifier says of a definition that is stored nowhere.</summary>
internal static class ValidateFlow
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/flows/validate", Handle)
        .RequireAuthorization(Policies.Supervisor)
        .WithSummary("Findings of the verifier for a workflow definition (Elsa 3 JSON): errors would keep it a draft, warnings would not")
        .WithTags("Flows")
        .Accepts<JsonObject>("application/json")
        .Produces<FlowFindings>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Handle(HttpRequest request, FlowPublishing publishing, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel);
        if (FlowDocument.Parse(body.ToArray(), out var error) is not { } definition)
        {
            var errors = new FieldErrors();
            errors.Add(error.Path, error.Message);
            return Problems.Invalid(errors);
        }

        definition["definitionId"] ??= "unsaved";
        var findings = await publishing.Check(FlowDocument.Write(definition), cancel);
        return Results.Ok(new FlowFindings(findings.All(f => f.Severity != FindingSeverity.Error), findings));
    }
}

/// <param name="Valid">Whether it would be published.</param>
internal sealed record FlowFindings(bool Valid, IReadOnlyList<Finding> Findings);
