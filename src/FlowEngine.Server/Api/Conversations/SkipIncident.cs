using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>Go on without it: the faulted activity counts as completed, the failed message is left out.</summary>
internal static class SkipIncident
{
    public static void Map(IEndpointRouteBuilder api) => api.MapRepair<Body>(
        "skip", "Go on without what failed", (incident, body, errors) => new SkipProblem(incident, errors.Optional(body.Outcome, "outcome", 100)));

    public sealed record Body
    {
        /// <summary>By which outcome the step is left; Done, else its first, when none is named.</summary>
        public string? Outcome { get; init; }
    }
}
