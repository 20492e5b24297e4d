using System.Security.Claims;
using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Access;
using FlowEngine.Server.Administration;
using Microsoft.AspNetCore.Mvc;

namespace FlowEngine.Server.Api;

/// <summary>What every command of a conversation has in common: its address, its key, and how its outcome is answered.</summary>
internal static class CommandCalls
{
    /// <summary>Maps <c>POST /conversations/{id}/{verb}</c> whose body becomes a command.</summary>
    /// <param name="read">Makes the command of the body; what it adds to the errors is answered as 422 and nothing is done.</param>
    /// <param name="refine">Checks the command against what is stored, and completes it.</param>
    /// <param name="keyOf">The body's own idempotency key, where the verb has one.</param>
    public static RouteHandlerBuilder MapCommand<TBody>(
        this IEndpointRouteBuilder api, string verb, string summary, Func<TBody, FieldErrors, Command> read, Func<TBody, string?>? keyOf = null,
        Func<Command, IServiceProvider, FieldErrors, CancellationToken, ValueTask<Command>>? refine = null)
        where TBody : class, new()
    {
        return api.MapPost($"/conversations/{{id:guid}}/{verb}", Handle).DescribedAsCommand<TBody>(summary);

        async Task<IResult> Handle(
            Guid id, HttpRequest request, ClaimsPrincipal user, [FromHeader(Name = Idempotency.Header)] string? key, Commands commands, CancellationToken cancel)
        {
            var errors = new FieldErrors();
            var input = await BodyOf<TBody>(request, cancel);
            var command = read(input, errors);
            if (keyOf?.Invoke(input) is { } own)
            {
                key = own;
                errors.Check(Idempotency.IsUsable(own), "clientId", "has at most 200 visible ASCII characters");
            }

            if (refine is not null && !errors.Any)
            {
                command = await refine(command, request.HttpContext.RequestServices, errors, cancel);
            }

            return errors.Any ? Problems.Invalid(errors) : await Run(commands, id, command, user, Idempotency.Scoped(user, $"{verb}:{id}", key), cancel);
        }
    }

    /// <summary>What the API's description says of every command.</summary>
    public static RouteHandlerBuilder DescribedAsCommand<TBody>(this RouteHandlerBuilder route, string summary) where TBody : class => route
        .WithSummary(summary)
        .WithTags("Conversations")
        .Accepts<TBody>(isOptional: true, "application/json")
        .Produces<CommandResult>()
        .Produces<CommandResult>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    /// <summary>Executes and answers: 200 done, 202 with its address when it takes longer, 404, or the refusal.</summary>
    public static async Task<IResult> Run(Commands commands, Guid conversation, Command command, ClaimsPrincipal user, string? key, CancellationToken cancel) =>
        Answer(await commands.Execute(conversation, command, Actors.Of(user), key, cancel));

    /// <summary>The body, or an empty one when there is none: many verbs need no words.</summary>
    /// <exception cref="BadHttpRequestException">It is not JSON of that shape.</exception>
    public static async Task<TBody> BodyOf<TBody>(HttpRequest request, CancellationToken cancel) where TBody : class, new()
    {
        if (request.ContentLength == 0 || request.ContentType is null)
        {
            return new TBody();
        }

        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException("is application/json", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            return await request.ReadFromJsonAsync<TBody>(cancel) ?? new TBody();
        }
        catch (JsonException bad)
        {
            throw new BadHttpRequestException(bad.Message, StatusCodes.Status400BadRequest, bad);
        }
    }

    public static IResult Answer(CommandOutcome? outcome) => outcome switch
    {
        null => Problems.NotFound("conversation"),
        { Status: CommandStatus.Pending } => Results.Accepted($"/api/commands/{outcome.CommandId}", CommandResult.Of(outcome)),
        { Refusal: { } refusal } => Problems.Of(refusal),
        _ => Results.Ok(CommandResult.Of(outcome)),
    };
}

/// <summary>The answer to a command that was done, or is still pending.</summary>
/// <param name="InFlight">Messages of a bot that were already on their way when a claim committed; at most one.</param>
/// <param name="Stopped">Messages that the command stopped before they left.</param>
internal sealed record CommandResult(
    Guid CommandId, CommandStatus Status, Owner? Owner, long? Epoch, Tab? Tab, long? Version, Guid? MessageId, IReadOnlyList<Guid> InFlight, IReadOnlyList<Guid> Stopped)
{
    public static CommandResult Of(CommandOutcome outcome) => outcome.Status == CommandStatus.Pending
        ? new CommandResult(outcome.CommandId, outcome.Status, null, null, null, null, null, [], [])
        : new CommandResult(
            outcome.CommandId, outcome.Status, outcome.Owner, outcome.Epoch, outcome.Tab, outcome.Version, outcome.MessageId, outcome.InFlight ?? [], outcome.Stopped ?? []);
}
