using System.Security.Claims;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Administration;
using Microsoft.AspNetCore.Mvc;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>Close an incident with a reason; the conversation goes to the tab that its state says.</summary>
internal static class DismissIncident
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{id:guid}/incidents/{incidentId:guid}/dismiss", Handle)
        .WithSummary("Close an incident without repair")
        .WithTags("Conversations")
        .Accepts<Body>(isOptional: true, "application/json")
        .Produces<CommandResult>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    public sealed record Body
    {
        public string? Reason { get; init; }
    }

    private static async Task<IResult> Handle(
        Guid id, Guid incidentId, HttpRequest request, ClaimsPrincipal user, [FromHeader(Name = Idempotency.Header)] string? key, Commands commands, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        var command = new DismissProblem(incidentId, errors.Text((await CommandCalls.BodyOf<Body>(request, cancel)).Reason, "reason", 500));
        return errors.Any
            ? Problems.Invalid(errors)
            : await CommandCalls.Run(commands, id, command, user, Idempotency.Scoped(user, $"dismiss:{incidentId}", key), cancel);
    }
}
