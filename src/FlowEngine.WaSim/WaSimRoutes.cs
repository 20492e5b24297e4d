using FlowEngine.WaSim.Control;
using FlowEngine.WaSim.Graph;
using FlowEngine.WaSim.Phone;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
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
        MapGraph(group, sim, prefix);
        new PhoneApi(sim).Map(group);
        new PhoneMedia(sim).Map(group);
        PhonePage.Map(group, prefix);
        new ControlApi(sim).Map(group.MapGroup("/_sim"));
        return app;
    }

    private static void MapGraph(RouteGroupBuilder group, StandIn sim, string prefix)
    {
        var door = new GraphDoor(sim);
        var links = new AttachmentLinks(sim, prefix);
        var (messages, upload) = (new MessagesEndpoint(sim, door), new UploadEndpoint(sim, door));
        var (url, bytes, delete) = (new MediaUrlEndpoint(sim, door, links), new AttachmentEndpoint(sim, door, links), new DeleteMediaEndpoint(sim, door));
        group.MapPost("/graph/{version}/{number}/messages", (HttpContext http, string version, string number) => messages.Handle(http, version, number));
        group.MapPost("/graph/{version}/{number}/media", (HttpContext http, string version, string number) => upload.Handle(http, version, number));
        group.MapGet("/graph/{version}/{id}", (HttpContext http, string version, string id, [FromQuery(Name = "phone_number_id")] string? number) => url.Handle(http, version, id, number));
        group.MapDelete("/graph/{version}/{id}", (HttpContext http, string version, string id, [FromQuery(Name = "phone_number_id")] string? number) => delete.Handle(http, version, id, number));
        group.MapGet(AttachmentLinks.Path, bytes.Handle);
    }
}
