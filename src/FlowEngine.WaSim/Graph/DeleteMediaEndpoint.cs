using System.Text.Json.Nodes;
using FlowEngine.WaSim.Faults;
using FlowEngine.WaSim.Media;
using Microsoft.AspNetCore.Http;

namespace FlowEngine.WaSim.Graph;

/// <summary><c>DELETE /{version}/{media id}</c>.</summary>
internal sealed class DeleteMediaEndpoint(StandIn sim, GraphDoor door)
{
    public async Task Handle(HttpContext http, string version, string id, string? number)
    {
        if (!await door.Passes(http, version, GraphCall.MediaDelete, number))
            return;

        if (sim.Media.Current(id) is not { } item)
        {
            await door.Refuse(http, GraphDoor.Unknown(http, id));
            return;
        }

        var kind = MediaTable.KindOf(item.MimeType);
        if (sim.Faults.Strike(FaultStage.BeforeAccept, item.From, kind, GraphCall.MediaDelete) is { } refusing)
        {
            await new FaultyAnswer(sim, refusing).Write(http, null);
            return;
        }

        sim.Media.Remove(id);
        var usual = new JsonObject { ["success"] = true };
        if (sim.Faults.Strike(FaultStage.AfterAccept, item.From, kind, GraphCall.MediaDelete) is { } losing)
            await new FaultyAnswer(sim, losing).Write(http, usual);
        else
            await GraphDoor.Answer(http, usual);
    }
}
