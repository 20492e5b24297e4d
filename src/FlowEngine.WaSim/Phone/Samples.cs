using System.Text.Json.Nodes;

namespace FlowEngine.WaSim.Phone;

/// <summary>Messages other than text that a newcomer can try from the phone page; media is named, its bytes do not exist.</summary>
internal static class Samples
{
    public static (string Type, JsonObject? Body)? Of(string? name) => name switch
    {
        "image" => ("image", File("image/jpeg", "4180001", "caption", "📷")),
        "voice" => ("audio", Voice()),
        "document" => ("document", File("application/pdf", "4180003", "filename", "documento.pdf")),
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

    private static JsonObject Voice()
    {
        var voice = File("audio/ogg; codecs=opus", "4180002", "voice", "");
        voice["voice"] = true;
        return voice;
    }

    private static JsonObject File(string mime, string id, string extra, string value) => new()
    {
        ["id"] = id,
        ["mime_type"] = mime,
        ["sha256"] = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        [extra] = value,
    };
}
