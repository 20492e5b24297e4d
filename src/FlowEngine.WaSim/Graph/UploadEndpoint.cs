using System.Text.Json.Nodes;
using FlowEngine.WaSim.Faults;
using FlowEngine.WaSim.Media;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FlowEngine.WaSim.Graph;

/// <summary>
/// <c>POST /{version}/{phone number id}/media</c>: multipart <c>messaging_product</c>, <c>file</c> and <c>type</c>. Parts that are missing are
/// refused with 100, a file that the provider would not take with 131053.
/// </summary>
internal sealed class UploadEndpoint(StandIn sim, GraphDoor door)
{
    /// <summary>In bytes; larger than any file that is taken, so that one which is too large is read to its end and answered.</summary>
    private const long LargestBody = 128 * 1024 * 1024;

    public async Task Handle(HttpContext http, string version, string number)
    {
        if (!await door.Passes(http, version, GraphCall.MediaUpload, number))
            return;

        var (upload, refusal) = await Read(http);
        if (upload is null)
        {
            await door.Refuse(http, refusal!);
            return;
        }

        await Take(http, upload);
    }

    private async Task Take(HttpContext http, Upload upload)
    {
        var kind = MediaTable.KindOf(upload.MimeType);
        if (sim.Faults.Strike(FaultStage.BeforeAccept, type: kind, call: GraphCall.MediaUpload) is { } refusing)
        {
            await new FaultyAnswer(sim, refusing).Write(http, null);
            return;
        }

        var usual = new JsonObject { ["id"] = sim.Media.Add(upload.Bytes, upload.MimeType, upload.FileName).Id };
        if (sim.Faults.Strike(FaultStage.AfterAccept, type: kind, call: GraphCall.MediaUpload) is { } losing)
            await new FaultyAnswer(sim, losing).Write(http, usual);
        else
            await GraphDoor.Answer(http, usual);
    }

    private static async Task<(Upload? Taken, GraphRefusal? Refused)> Read(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = LargestBody;
        if (!http.Request.HasFormContentType)
            return (null, GraphRefusal.Of(100, "The body is not multipart/form-data"));

        IFormCollection form;
        try
        {
            form = await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, TooLarge("file", MediaTable.LargestDocument));
        }
        catch (Exception broken) when (broken is InvalidDataException or BadHttpRequestException)
        {
            return (null, GraphRefusal.Of(100, "The body is not multipart/form-data"));
        }

        if (form["messaging_product"] != "whatsapp")
            return (null, GraphRefusal.Of(100, "The parameter messaging_product is required and must be whatsapp"));
        if (form.Files.GetFile("file") is not { Length: > 0 } file)
            return (null, GraphRefusal.Of(100, "The parameter file is required"));
        if (form["type"].ToString() is not { Length: > 0 } type)
            return (null, GraphRefusal.Of(100, "The parameter type is required"));

        var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, http.RequestAborted);
        var upload = new Upload(bytes.GetBuffer(), type, file.FileName);
        return Check(upload) is { } refusal ? (null, refusal) : (upload, null);
    }

    private static GraphRefusal? Check(Upload upload)
    {
        if (MediaTable.KindOf(upload.MimeType) is not { } kind)
            return GraphRefusal.Of(131053, $"Unsupported mime type {upload.MimeType}.");
        if (MediaTable.Largest(kind, upload.Bytes) is var largest && upload.Bytes.Length > largest)
            return TooLarge(kind, largest);

        return MediaSignature.Fits(upload.MimeType, upload.Bytes) ? null : GraphRefusal.Of(131053, $"The file's content is not {upload.MimeType}.");
    }

    private static GraphRefusal TooLarge(string what, long largest) => GraphRefusal.Of(131053, $"The {what} is larger than {largest} bytes.");

    private sealed record Upload(byte[] Bytes, string MimeType, string FileName);
}
