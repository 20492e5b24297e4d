using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>Close an incident with a reason; the conversation goes to the tab that its state says.</summary>
internal static class DismissIncident
{
    public static void Map(IEndpointRouteBuilder api) => api.MapRepair<Body>(
        "dismiss", "Close an incident without repair",
        (incident, body, errors) => new DismissProblem(incident, errors.Text(body.Reason, "reason", 500)));

    public sealed record Body
    {
        public string? Reason { get; init; }
    }
}
