using System.Text.Json;

namespace FlowEngine.Tests.Workflows.Conformance;

/// <summary>The members of both formats that are acted out or compared: another one is named, so that nothing that a case says is passed over.</summary>
internal static class Known
{
    public static readonly string[] Step = ["op", "name", "payload", "input", "correlationId", "definitionId", "activityId", "byInstance", "expect"];

    public static readonly string[] Expected = ["lines", "status", "subStatus", "bookmarks", "incidents", "variables", "output", "correlationId", "name"];

    /// <summary>A note is for people.</summary>
    public static readonly string[] Asserted =
        ["lines", "linesContain", "status", "subStatus", "firstVariable", "childCorrelationId", "writeLineTextPersisted", "journalOnce", "publish", "note"];

    public static readonly string[] Instance = ["definitionId", "version", "status", "subStatus", "correlationId", "incidents"];

    public static readonly string[] Op = ["op", "as", "definitionId", "input", "correlationId", "name", "payload", "instance", "ms"];

    public static string? Check(JsonElement element, string what, string[] known) =>
        element.EnumerateObject().FirstOrDefault(p => !known.Contains(p.Name) && p.Value.ValueKind != JsonValueKind.Null) is { Value.ValueKind: not JsonValueKind.Undefined } other
            ? $"nobody knows what '{other.Name}' of {what} means"
            : null;
}
