using System.Text.Json;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Access;

namespace FlowEngine.Server.Endpoints;

/// <summary>What happened outside and runs wait for, by Elsa's routes: named events and tasks that are done. Durable when answered.</summary>
internal static class EventCalls
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/elsa/api").RequireAuthorization(Policies.Leads).WithTags("Flows");
        api.MapPost("/events/{eventName}/trigger", Trigger)
            .WithSummary("A named event: starts the flows that it triggers, and resumes the runs that wait for it now or within ten minutes")
            .Produces<EventAnswer>();
        api.MapPost("/tasks/{taskId}/complete", Complete)
            .WithSummary("A task that a run had asked for (RunTask) is done")
            .Produces(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> Trigger(string eventName, EventInput? body, Runs runs, CancellationToken cancel) => Results.Ok(new EventAnswer(await runs.Publish(
        eventName, Json(body?.Input), body?.CorrelationId, cancel, Guid.TryParse(body?.WorkflowInstanceId, out var only) ? only : null)));

    private static async Task<IResult> Complete(string taskId, TaskInput? body, Runs runs, CancellationToken cancel) =>
        await runs.CompleteTask(taskId, Json(body?.Result), cancel) ? Results.Accepted() : Results.Problem("Nobody waits for this task (any more).", statusCode: StatusCodes.Status404NotFound);

    private static string? Json(JsonElement? value) => value is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } given ? given.GetRawText() : null;
}

/// <param name="Input">What comes with the event.</param>
/// <param name="CorrelationId">Only for runs with this one.</param>
/// <param name="WorkflowInstanceId">Only for this run; then nothing starts.</param>
internal sealed record EventInput(JsonElement? Input = null, string? CorrelationId = null, string? WorkflowInstanceId = null);

/// <param name="Reached">Runs that were begun or resumed.</param>
internal sealed record EventAnswer(int Reached);

internal sealed record TaskInput(JsonElement? Result = null);
