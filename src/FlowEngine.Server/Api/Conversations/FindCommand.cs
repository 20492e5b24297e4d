using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Access;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>What became of a command that was answered 202.</summary>
internal static class FindCommand
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/commands/{id:guid}", Handle)
        .RequireAuthorization(Policies.Speak)
        .WithSummary("Outcome of a command that took longer than five seconds")
        .WithTags("Conversations")
        .Produces<CommandResult>()
        .Produces<CommandResult>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(Guid id, Commands commands, CancellationToken cancel) =>
        await commands.Find(id, cancel) is { } outcome ? CommandCalls.Answer(outcome) : Problems.NotFound("command");
}
