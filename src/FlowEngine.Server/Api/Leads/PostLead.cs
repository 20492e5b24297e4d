using System.Security.Claims;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Access;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Leads;
using Microsoft.AspNetCore.Mvc;

namespace FlowEngine.Server.Api.Leads;

/// <summary>
/// <c>POST /api/leads</c>. The answer means that the lead is durable; its turn follows at once. The same person on the same
/// connection is one conversation, however many leads come.
/// </summary>
internal static class PostLead
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/leads", Handle)
        .RequireAuthorization(Policies.Leads)
        .WithSummary("A lead from a form, an import or an integration")
        .WithTags("Leads")
        .Produces<LeadAnswer>(StatusCodes.Status201Created)
        .Produces<LeadAnswer>()
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Handle(
        LeadInput body, ClaimsPrincipal user, [FromHeader(Name = Idempotency.Header)] string? key, LeadReader reader, Intake intake, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        if (reader.Read(body, Idempotency.Scoped(user, "lead", key), errors) is not { } lead)
        {
            return Problems.Invalid(errors);
        }

        var appended = (await intake.Accept([lead], cancel))[0];
        var answer = new LeadAnswer(appended.Mailbox);
        return appended.Status switch
        {
            AppendStatus.Appended => Results.Created($"/api/conversations/{appended.Mailbox}", answer),
            AppendStatus.Duplicate => Results.Ok(answer),
            _ => Problems.Conflict("notStored", "The lead could not be given a conversation."),
        };
    }
}

/// <param name="ConversationId">The lead's conversation on that connection, new or known.</param>
internal sealed record LeadAnswer(Guid ConversationId);
