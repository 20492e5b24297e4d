using System.Text.Json.Nodes;
using FlowEngine.WaSim.Faults;
using FlowEngine.WaSim.Media;
using Microsoft.AspNetCore.Http;

namespace FlowEngine.WaSim.Graph;

/// <summary><c>GET /{version}/{media id}</c>: where the file is for the next five minutes, and its digest.</summary>
internal sealed class MediaUrlEndpoint(StandIn sim, GraphDoor door, AttachmentLinks links)
{
    /// <param name="number">The query's phone number id: media of another number is unknown.</param>
    public async Task Handle(HttpContext http, string version, string id, string? number)
    {
        if (!await door.Passes(http, version, GraphCall.MediaUrl, number))
            return;

        if (sim.Media.Current(id) is not { } item)
        {
            await door.Refuse(http, GraphDoor.Unknown(http, id));
            return;
        }

        var usual = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["url"] = links.Make(http.Request, id),
            ["mime_type"] = item.MimeType,
            ["sha256"] = item.Sha256,
            ["file_size"] = item.Size,
            ["id"] = id,
        };
        var kind = MediaTable.KindOf(item.MimeType);
        if (sim.Faults.Strike(FaultStage.BeforeAccept, item.From, kind, GraphCall.MediaUrl) is { } refusing)
            await new FaultyAnswer(sim, refusing).Write(http, null);
        else if (sim.Faults.Strike(FaultStage.AfterAccept, item.From, kind, GraphCall.MediaUrl) is { } losing)
            await new FaultyAnswer(sim, losing).Write(http, usual);
        else
            await GraphDoor.Answer(http, usual);
    }
}
