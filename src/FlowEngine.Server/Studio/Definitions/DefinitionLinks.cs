using FlowEngine.Server.Studio.Wire;

namespace FlowEngine.Server.Studio.Definitions;

/// <summary>What the caller may do with definitions: the Studio edits only where it finds these.</summary>
internal static class DefinitionLinks
{
    private const string Root = "/workflow-definitions";

    public static IReadOnlyList<ElsaLink> Of(string definitionId, bool mayEdit)
    {
        var own = $"{Root}/{Uri.EscapeDataString(definitionId)}";
        List<ElsaLink> links = [new(own, "self", "GET"), new($"{Root}/by-definition-id/{Uri.EscapeDataString(definitionId)}", "self", "GET"), new($"{own}/versions", "versions", "GET"), new($"{own}/export", "export", "GET")];
        if (mayEdit)
        {
            links.AddRange([
                new($"{own}/execute", "execute", "POST"), new($"{own}/publish", "publish", "POST"), new($"{own}/retract", "retract", "POST"), new(own, "delete", "DELETE"),
                new($"{own}/import", "import", "PUT")]);
        }

        return links;
    }

    public static IReadOnlyList<ElsaLink> OfList(bool mayEdit)
    {
        List<ElsaLink> links = [new(Root, "self", "GET"), new($"{Root}/validation/is-name-unique", "is-name-unique", "GET"), new($"{Root}/query/count", "count", "GET"), new($"{Root}/many-by-id", "many-by-id", "GET")];
        if (mayEdit)
        {
            links.AddRange([
                new("/bulk-actions/delete/workflow-definitions/by-definition-id", "bulk-delete-by-definition-id", "POST"),
                new("/bulk-actions/delete/workflow-definitions/by-id", "bulk-delete-by-id", "POST"),
                new("/bulk-actions/publish/workflow-definitions/by-definition-ids", "bulk-publish", "POST"),
                new("/bulk-actions/retract/workflow-definitions/by-definition-ids", "bulk-retract", "POST"),
                new($"{Root}/import", "import", "POST"), new($"{Root}/import-files", "import-files", "POST"), new(Root, "create", "POST")]);
        }

        return links;
    }
}
