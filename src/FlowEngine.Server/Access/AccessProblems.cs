using Microsoft.AspNetCore.Mvc;

namespace FlowEngine.Server.Access;

/// <summary>401 and 403 as problem+json (RFC 9457), for callers that are not a person's page.</summary>
internal static class AccessProblems
{
    public static Task Write(HttpContext http, int status)
    {
        var (code, title) = status == StatusCodes.Status401Unauthorized
            ? ("notSignedIn", "Sign in, or send a valid API key.")
            : ("notAllowed", "You lack the right to do this.");
        return Write(http, status, code, title);
    }

    public static Task Write(HttpContext http, int status, string code, string title)
    {
        http.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status, Title = title, Extensions = { ["code"] = code } };
        return http.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json");
    }
}
