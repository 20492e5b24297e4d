using System.Text.Json;

namespace FlowEngine.Server.Api;

/// <summary>Says which field of a body or query could not be read, where the framework alone would answer an empty 400.</summary>
internal static class BadRequests
{
    public static async Task Explain(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException bad) when (!http.Response.HasStarted)
        {
            var json = bad.InnerException as JsonException;
            var field = json?.Path?.TrimStart('$').TrimStart('.');
            var fields = new Dictionary<string, string[]> { [string.IsNullOrEmpty(field) ? "request" : field] = [json is null ? bad.Message : "has the wrong type, or is not JSON"] };
            await Results.Problem(Problems.With(bad.StatusCode, "badRequest", "The request cannot be read.", fields)).ExecuteAsync(http);
        }
    }
}
