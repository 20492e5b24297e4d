using System.Text.Json.Nodes;
using FlowEngine.WaSim.Media;

namespace FlowEngine.WaSim.Callbacks;

/// <summary>A file as the webhook names it (cloud-api.md section 4).</summary>
internal static class InboundMedia
{
    public static JsonObject Body(MediaItem item, Attachment file)
    {
        var body = new JsonObject { ["id"] = item.Id, ["mime_type"] = item.MimeType, ["sha256"] = item.Sha256 };
        switch (file.Kind)
        {
            case "audio":
                body["voice"] = file.IsVoice;
                break;
            case "sticker":
                body["animated"] = MediaSignature.Moves(file.Bytes);
                break;
            case "document" when file.FileName is { Length: > 0 } name:
                body["filename"] = name;
                break;
        }

        if (file is { Caption: { Length: > 0 } caption, Kind: "image" or "video" or "document" })
            body["caption"] = caption;
        return body;
    }
}
