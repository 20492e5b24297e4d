using FlowEngine.WaSim.Faults;
using FlowEngine.WaSim.Media;
using Microsoft.AspNetCore.Http;

namespace FlowEngine.WaSim.Graph;

/// <summary>A file's bytes, from the address that <see cref="MediaUrlEndpoint"/> told: 401 without the token, 404 when the address is over.</summary>
internal sealed class AttachmentEndpoint(StandIn sim, GraphDoor door, AttachmentLinks links)
{
    public async Task Handle(HttpContext http)
    {
        if (sim.Faults.Strike(FaultStage.BeforeAuth, call: GraphCall.MediaBytes) is { } early)
        {
            await new FaultyAnswer(sim, early).Write(http, null);
            return;
        }

        if (!door.MayEnter(http))
        {
            await door.Refuse(http, GraphRefusal.Of(190));
            return;
        }

        if (links.IdOf(http.Request.Query) is not { } id || sim.Media.Current(id) is not { } item || sim.Media.Bytes(id) is not { } bytes)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await Write(http, item, bytes);
    }

    private async Task Write(HttpContext http, MediaItem item, byte[] bytes)
    {
        var kind = MediaTable.KindOf(item.MimeType);
        if (sim.Faults.Strike(FaultStage.BeforeAccept, item.From, kind, GraphCall.MediaBytes) is { } refusing)
        {
            await new FaultyAnswer(sim, refusing).Write(http, null);
            return;
        }

        if (sim.Faults.Strike(FaultStage.AfterAccept, item.From, kind, GraphCall.MediaBytes) is { } losing)
        {
            await new FaultyAnswer(sim, losing).Write(http, bytes, item.MimeType);
            return;
        }

        http.Response.ContentType = item.MimeType;
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
