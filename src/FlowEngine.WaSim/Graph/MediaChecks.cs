using System.Text.Json.Nodes;
using FlowEngine.WaSim.Media;

namespace FlowEngine.WaSim.Graph;

/// <summary>Whether the files that a send names by id are uploads, and of a type that the message may carry.</summary>
internal static class MediaChecks
{
    /// <summary>In the answer: an id that is no upload of this number, or no longer.</summary>
    public static GraphRefusal? Known(JsonObject body, MediaStore media) => Named(body)
        .Where(named => media.Current(named.Id) is not { From: null })
        .Select(named => GraphRefusal.Of(131009, $"{named.Type}.id {named.Id} is not a media id of this number"))
        .FirstOrDefault();

    /// <summary>After acceptance, by a failed status: a file that a message of this type cannot carry.</summary>
    /// <param name="file">What the wire names after the type.</param>
    public static GraphRefusal? Fitting(string type, JsonNode? file, MediaStore media) =>
        SendChecks.IsMedia(type) && file.Word("id") is { } id && media.Find(id) is { } item && !MediaTable.Carries(type, item.MimeType)
            ? GraphRefusal.Of(131053, $"Unsupported {char.ToUpperInvariant(type[0])}{type[1..]} mime type {item.MimeType}.")
            : null;

    /// <summary>The message's own file, and those in headers of interactive messages and templates.</summary>
    private static IEnumerable<(string Type, string Id)> Named(JsonObject body)
    {
        var headers = (body["template"]?["components"] as JsonArray ?? [])
            .Where(part => part.Word("type") == "header")
            .SelectMany(part => part!["parameters"] as JsonArray ?? []);
        foreach (var holder in headers.Append(body).Append((body["interactive"] as JsonObject)?["header"]).OfType<JsonObject>())
        {
            if (holder.Word("type") is { } type && SendChecks.IsMedia(type) && holder[type].Word("id") is { } id)
                yield return (type, id);
        }
    }
}
