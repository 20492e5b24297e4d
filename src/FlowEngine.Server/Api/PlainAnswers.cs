using System.Text.Json;

namespace FlowEngine.Server.Api;

/// <summary>Makes problem+json of what the framework alone would answer without a word: unreadable bodies, unknown addresses, wrong methods and media types.</summary>
internal static class PlainAnswers
{
    public static async Task Explain(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException bad) when (!http.Response.HasStarted)
        {
            await Of(bad).ExecuteAsync(http);
            return;
        }

        if (http.Response is { HasStarted: false, ContentType: null, ContentLength: null } && Wordless(http.Response.StatusCode) is { } problem)
        {
            await problem.ExecuteAsync(http);
        }
    }

    private static IResult Of(BadHttpRequestException bad)
    {
        var json = bad.InnerException as JsonException;
        var field = json?.Path?.TrimStart('$').TrimStart('.');
        var rule = json is null ? bad.Message : "has the wrong type, or is not JSON";
        var fields = new Dictionary<string, string[]> { [string.IsNullOrEmpty(field) ? "request" : field] = [rule] };
        return Results.Problem(Problems.With(bad.StatusCode, "badRequest", "The request cannot be read.", fields));
    }

    private static IResult? Wordless(int status) => status switch
    {
        StatusCodes.Status404NotFound => Problems.NotFound("address"),
        StatusCodes.Status405MethodNotAllowed => Problems.Of(status, "methodNotAllowed", "The address does not know this method."),
        StatusCodes.Status415UnsupportedMediaType => Problems.Of(status, "unsupportedMediaType", "The body is of a kind that this address does not take."),
        _ => null,
    };
}
