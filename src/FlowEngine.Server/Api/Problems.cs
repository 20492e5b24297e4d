using FlowEngine.Conversations;
using FlowEngine.Server.Administration;
using Microsoft.AspNetCore.Mvc;

namespace FlowEngine.Server.Api;

/// <summary>Refusals as problem+json (RFC 9457). Each has a <c>code</c>, a stable word for programs.</summary>
internal static class Problems
{
    public static IResult Of(int status, string code, string title) => Results.Problem(With(status, code, title));

    public static IResult NotFound(string what) => Of(StatusCodes.Status404NotFound, "notFound", $"There is no such {what}.");

    /// <summary>400 for what cannot be read at all.</summary>
    public static IResult BadRequest(string field, string rule) => Fields(StatusCodes.Status400BadRequest, field, rule);

    /// <summary>422: it could be read, and breaks these rules.</summary>
    public static IResult Invalid(FieldErrors errors) =>
        Results.Problem(With(StatusCodes.Status422UnprocessableEntity, "invalid", "Some fields are not right.", errors.ByField));

    public static IResult Conflict(string code, string title) => Of(StatusCodes.Status409Conflict, code, title);

    /// <summary>What a conversation answered: who owns it and since which epoch, so that the caller can decide again.</summary>
    public static IResult Of(Refusal refusal)
    {
        var status = refusal.Kind switch
        {
            RefusalKind.Conflict => StatusCodes.Status409Conflict,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            _ => StatusCodes.Status422UnprocessableEntity,
        };
        var problem = With(status, refusal.Code, refusal.Message);
        problem.Extensions["owner"] = refusal.Owner;
        problem.Extensions["epoch"] = refusal.Epoch;
        return Results.Problem(problem);
    }

    public static ProblemDetails With(int status, string code, string title, IReadOnlyDictionary<string, string[]>? fields = null)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Extensions = { ["code"] = code } };
        if (fields is not null)
        {
            problem.Extensions["errors"] = fields;
        }

        return problem;
    }

    private static IResult Fields(int status, string field, string rule) =>
        Results.Problem(With(status, "badRequest", "The request cannot be read.", new Dictionary<string, string[]> { [field] = [rule] }));
}
