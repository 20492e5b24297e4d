using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>Do it again: the faulted activity in the same run, or the failed message as a new attempt.</summary>
internal static class RetryIncident
{
    public static void Map(IEndpointRouteBuilder api) => api.MapRepair<Body>(
        "retry", "Do again what failed", (incident, body, _) => new RetryProblem(incident, body.MayDuplicate));

    public sealed record Body
    {
        /// <summary>Needed for a send whose outcome is unknown: it may arrive twice.</summary>
        public bool MayDuplicate { get; init; }
    }
}
