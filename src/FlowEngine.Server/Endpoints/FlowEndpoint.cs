using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Access;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Server.Endpoints;

/// <summary>
/// <c>/workflows/{path}</c>: HTTP endpoints of flows. The request is a durable event; its run is turned, and what the flow writes in that burst is
/// the response. A flow that writes none within its time gives 202 with the run's id.
/// </summary>
internal static class FlowEndpoint
{
    private const string CorrelationHeader = "X-Correlation-Id";
    private const string InstanceHeader = "X-Workflow-Instance-Id";
    private const string KeyHeader = "Idempotency-Key";

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.Map("/workflows/{**path}", Handle).AllowAnonymous().ExcludeFromDescription();

    private static async Task Handle(HttpContext http, FlowRoutes routes, WaitingRoutes waiting, Runs runs, Signals signals, TurnOptions options)
    {
        var path = (http.Request.RouteValues["path"] as string ?? "").Trim('/');
        var found = routes.Find(http.Request.Method, path);
        if (found is not { Route.Starts: true })
        {
            found = await waiting.Find(http.Request.Method, path, Correlation(http.Request), Instance(http.Request), http.RequestAborted) ?? found;
        }

        if (Refusal(http, found) is { } refused)
        {
            await AccessProblems.Write(http, refused);
            return;
        }

        var (input, status) = await ReceivedRequest.Read(http.Request, found?.Route, found?.Values ?? new Dictionary<string, object?>(), http.RequestAborted);
        if (input is null)
        {
            http.Response.StatusCode = status;
            return;
        }

        var wait = found?.Route.RequestTimeout is { } own ? (own < LongestWait ? own : LongestWait) : options.ResponseWait;
        var (mailbox, outcome) = await runs.Execute(EventOf(http, found, path, input, signals), wait, http.RequestAborted);
        if (mailbox == Guid.Empty)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await Answer(http.Response, mailbox, outcome);
    }

    /// <summary>Whoever is not signed in cannot find out where flows listen.</summary>
    private static int? Refusal(HttpContext http, FoundRoute? found)
    {
        if (found is { Route.Authorize: false })
        {
            return null;
        }

        return http.User.Identity is not { IsAuthenticated: true } ? StatusCodes.Status401Unauthorized
            : found?.Route.Policy is { } role && !http.User.IsInRole(role.ToLowerInvariant()) ? StatusCodes.Status403Forbidden
            : null;
    }

    /// <summary>A new run where a flow begins here; otherwise a signal for those that wait, also at a path that only they know.</summary>
    private static NewEvent EventOf(HttpContext http, FoundRoute? found, string path, string input, Signals signals)
    {
        var request = http.Request;
        var correlation = Correlation(request);
        var key = request.Headers[KeyHeader].ToString() is { Length: > 0 and <= 200 } given ? $"http:{Actors.IdOf(http.User)}:{request.Method}:{path}:{given}" : null;
        return found is { Graph: { } graph }
            ? signals.Start(new RunStarted(graph.DefinitionId, graph.VersionId, found.Route.ActivityId, input, CorrelationId: correlation, AnswersHttp: true), key)
            : signals.Request(found?.Route.Path ?? path, request.Method, input, correlation, Instance(request), key);
    }

    private static string? Correlation(HttpRequest request) => First(request.Headers[CorrelationHeader], request.Query["correlationId"]);

    private static Guid? Instance(HttpRequest request) => Guid.TryParse(First(request.Headers[InstanceHeader], request.Query["workflowInstanceId"]), out var id) ? id : null;

    private static string? First(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!string.IsNullOrEmpty(text))
            {
                return text;
            }
        }

        return null;
    }

    private static async Task Answer(HttpResponse response, Guid run, RunOutcome? outcome)
    {
        // What flows answer is theirs: a page of it never acts for whoever is signed in here.
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        if (outcome?.Response is { } written)
        {
            await FlowResponse.Write(response, written);
            return;
        }

        response.StatusCode = outcome switch
        {
            { SubStatus: WorkflowSubStatus.Faulted } => StatusCodes.Status500InternalServerError,
            { Problem: not null } => StatusCodes.Status409Conflict,
            { Status: WorkflowStatus.Finished } => StatusCodes.Status200OK,
            _ => StatusCodes.Status202Accepted,
        };
        await response.WriteAsJsonAsync(new { workflowInstanceId = outcome?.InstanceId ?? run, problem = outcome?.Problem });
    }
}
