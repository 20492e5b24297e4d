using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Server.Flows;

/// <summary>
/// A definition's JSON as it is stored: what came in, in its order and with everything that nobody here knows; only identity and missing
/// ids are ours. So an export that is imported again changes nothing.
/// </summary>
public static class FlowDocument
{
    /// <summary>Travels with a definition to its editor and back (decision 27); never stored, never exported.</summary>
    public const string Revision = "FlowEngine:Revision";

    private const string Bag = "customProperties";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };

    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 512, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>What the row says, so a copy of it in the text means nothing.</summary>
    private static readonly string[] OfTheRow =
        ["id", "version", "isLatest", "isPublished", "isReadonly", "isSystem", "createdAt", "toolVersion", "links", "materializerName", "$schema"];

    /// <summary>Null when it is not a JSON object, or one that names a member twice or holds what is no text; the error says which.</summary>
    public static JsonObject? Parse(ReadOnlySpan<byte> json, out DefinitionError error)
    {
        error = new DefinitionError("$", "notObject");
        try
        {
            var document = JsonNode.Parse(json.StartsWith("\uFEFF"u8) ? json[3..] : json, nodeOptions: null, Lenient) as JsonObject;
            _ = document?.ToJsonString(Plain);
            _ = ActivityTree.Walk(document).Count();
            return document;
        }
        catch (JsonException bad)
        {
            error = new DefinitionError(bad.Path ?? "$", "notJson", $"{bad.LineNumber + 1}", $"byte {bad.BytePositionInLine}");
            return null;
        }
        catch (ArgumentException twice)
        {
            error = new DefinitionError("$", "memberTwice", twice.Message);
            return null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is JSON, but no text.
            error = new DefinitionError("$", "notUnicode");
            return null;
        }
    }

    public static JsonObject Of(StoredDefinition version) =>
        Parse(version.Json, out var error) ?? throw new InvalidDataException($"The stored definition {version.Id} cannot be read: {error.Message}");

    public static byte[] Write(JsonNode document) => JsonSerializer.SerializeToUtf8Bytes(document, Plain);

    /// <summary>Becomes this version: its identity in the text, its columns from the text.</summary>
    public static void Store(JsonObject document, StoredDefinition version)
    {
        document.Remove("links");
        TakeRevision(document);
        ActivityTree.GiveIds(document["root"]);
        document["id"] = version.Id;
        document["definitionId"] = version.DefinitionId;
        document["version"] = version.Version;
        document["isLatest"] = version.IsLatest;
        document["isPublished"] = version.IsPublished;
        version.Name = ActivityTree.Text(document, "name")?.Trim();
        version.Description = ActivityTree.Text(document, "description")?.Trim();
        version.ToolVersion = ActivityTree.Text(document, "toolVersion");
        version.Json = Write(document);
    }

    /// <summary>Takes the revision out of the bag; null when the document brings none.</summary>
    public static int? TakeRevision(JsonObject document)
    {
        if (document[Bag] is not JsonObject bag || !bag.Remove(Revision, out var revision))
        {
            return null;
        }

        return revision is JsonValue value && int.TryParse(value.ToString(), out var number) ? number : null;
    }

    /// <summary>Puts the revision where the editor brings it back from.</summary>
    public static void GiveRevision(JsonObject document, int revision)
    {
        if (document[Bag] is not JsonObject bag)
        {
            document[Bag] = bag = [];
        }

        bag[Revision] = revision.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Whether two texts are the same flow: identity and what tools compute are left out, and an empty member is as none, because the Studio sends
    /// those that a file has left out.
    /// </summary>
    public static bool SameFlow(JsonObject one, JsonObject other) => JsonNode.DeepEquals(Content(one), Content(other));

    private static JsonObject Content(JsonObject document)
    {
        var copy = (JsonObject)document.DeepClone();
        foreach (var member in OfTheRow)
        {
            copy.Remove(member);
        }

        TakeRevision(copy);
        ActivityTree.GiveIds(copy["root"]);
        foreach (var (activity, _) in ActivityTree.Walk(copy["root"]).ToList())
        {
            activity.Remove("nodeId");
            if (activity["version"] is JsonValue version && version.ToString() == "1")
            {
                activity.Remove("version");
            }
        }

        Prune(copy);
        return copy;
    }

    /// <summary>Takes out what says nothing. A value of an expression says something, whatever it is.</summary>
    private static bool Prune(JsonNode? node)
    {
        if (node is JsonObject item)
        {
            foreach (var name in item.Where(m => m.Key != "value" && Prune(m.Value)).Select(m => m.Key).ToList())
            {
                item.Remove(name);
            }

            return item.Count == 0;
        }

        if (node is JsonArray list)
        {
            foreach (var entry in list)
            {
                Prune(entry);
            }

            return list.Count == 0;
        }

        return node is null || (node is JsonValue value && value.TryGetValue<bool>(out var flag) && !flag);
    }
}
