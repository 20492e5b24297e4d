using System.Text.Json.Nodes;
using FlowEngine.WaSim.Media;

namespace FlowEngine.WaSim.Phone;

/// <summary>Messages other than text that a newcomer can try from the phone page without a file at hand.</summary>
internal static class Samples
{
    public static Attachment? File(string? name) => name switch
    {
        "image" => new Attachment(SampleImage.Make(), "image/png", Caption: "📷"),
        "voice" => new Attachment(SampleVoice.Make(), "audio/ogg"),
        "document" => new Attachment(SampleDocument.Make(), "application/pdf", "documento.pdf"),
        _ => null,
    };

    public static (string Type, JsonObject? Body)? Of(string? name) => name switch
    {
        "location" => ("location", new JsonObject
        {
            ["latitude"] = 40.41678,
            ["longitude"] = -3.70379,
            ["name"] = "Puerta del Sol",
            ["address"] = "Madrid",
        }),
        "unsupported" => ("unsupported", null),
        _ => null,
    };
}
