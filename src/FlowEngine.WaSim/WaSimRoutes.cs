using FlowEngine.WaSim.Control;
using FlowEngine.WaSim.Graph;
using FlowEngine.WaSim.Phone;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FlowEngine.WaSim;

/// <summary>The stand-in's addresses inside a host.</summary>
public static class WaSimRoutes
{
    /// <summary>
    /// Maps the Graph surface at <c>{prefix}/graph</c> (a connection's GraphBaseUrl), the phone page at <c>{prefix}</c> and the control API at
    /// <c>{prefix}/_sim</c>. All are anonymous: the first asks for the stand-in's token, the last for its own and a loopback caller.
    /// </summary>
    public static IEndpointRouteBuilder MapWaSim(this IEndpointRouteBuilder app, StandIn sim, string prefix = "/wasim")
    {
        var group = app.MapGroup(prefix).AllowAnonymous().ExcludeFromDescription().DisableAntiforgery();
        var messages = new MessagesEndpoint(sim);
        group.MapPost("/graph/{version}/{number}/messages", (HttpContext http, string version, string number) => messages.Handle(http, version, number));
        new PhoneApi(sim).Map(group);
        PhonePage.Map(group, prefix);
        new ControlApi(sim).Map(group.MapGroup("/_sim"));
        return app;
    }
}
