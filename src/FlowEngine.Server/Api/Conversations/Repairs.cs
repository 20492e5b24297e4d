using System.Security.Claims;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Inbox;
using Microsoft.AspNetCore.Mvc;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>What the repairs of an incident have in common. Who comes second learns that somebody was first (409).</summary>
internal static class Repairs
{
    /// <summary>Maps <c>POST /conversations/{id}/incidents/{incidentId}/{verb}</c>.</summary>
    public static void MapRepair<TBody>(this IEndpointRouteBuilder api, string verb, string summary, Func<Guid, TBody, FieldErrors, Command> read)
        where TBody : class, new()
    {
        api.MapPost($"/conversations/{{id:guid}}/incidents/{{incidentId:guid}}/{verb}", Handle).DescribedAsCommand<TBody>(summary);

        async Task<IResult> Handle(
            Guid id, Guid incidentId, HttpRequest request, ClaimsPrincipal user, [FromHeader(Name = Idempotency.Header)] string? key, InboxQueries inbox,
            Commands commands, CancellationToken cancel)
        {
            var errors = new FieldErrors();
            var command = read(incidentId, await CommandCalls.BodyOf<TBody>(request, cancel), errors);
            if (errors.Any)
            {
                return Problems.Invalid(errors);
            }

            if (await inbox.FindIncident(id, incidentId, cancel) is not { } incident)
            {
                return Problems.NotFound("incident");
            }

            command = command is DismissProblem dismiss ? dismiss with { NotBlocking = !incident.Blocking } : command;

            // With a key the first outcome is answered again, also when that has closed the incident.
            return incident.ClosedAt is not null && key is null
                ? Problems.Conflict("unknownIncident", $"The incident was closed by {incident.ClosedBy}: {incident.ClosedHow}.")
                : await CommandCalls.Run(commands, id, command, user, Idempotency.Scoped(user, $"{verb}:{incidentId}", key), cancel);
        }
    }
}
