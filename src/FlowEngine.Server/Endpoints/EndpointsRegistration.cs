namespace FlowEngine.Server.Endpoints;

public static class EndpointsRegistration
{
    public static IServiceCollection AddFlowEndpoints(this IServiceCollection services) => services.AddSingleton<FlowRoutes>().AddSingleton<WaitingRoutes>();

    /// <summary>After <c>UseFlowEngineAccess</c>.</summary>
    public static IEndpointRouteBuilder MapFlowEndpoints(this IEndpointRouteBuilder endpoints)
    {
        FlowEndpoint.Map(endpoints);
        EventCalls.Map(endpoints);
        return endpoints;
    }
}
