using System.Text.Json;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Triggers;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Activities.Http;

/// <summary>One HTTP endpoint of a definition, with the limits that its host keeps.</summary>
/// <param name="Path">Below the host's own prefix; with placeholders in braces.</param>
/// <param name="Starts">Whether a request begins a run; otherwise it resumes one that waits there.</param>
/// <param name="Authorize">Whether the caller needs a key or a session. True unless the definition says no.</param>
/// <param name="Policy">The role that the caller needs; null is any.</param>
public sealed record HttpRoute(string ActivityId, string Path, IReadOnlyList<string> Methods, bool Starts, bool Authorize, string? Policy)
{
    public TimeSpan? RequestTimeout { get; init; }

    public long? RequestSizeLimit { get; init; }

    public long? FileSizeLimit { get; init; }

    public IReadOnlyList<string> AllowedFileExtensions { get; init; } = [];

    public IReadOnlyList<string> BlockedFileExtensions { get; init; } = [];

    public IReadOnlyList<string> AllowedMimeTypes { get; init; } = [];

    /// <summary>Outcomes that the flow wants instead of a refusal.</summary>
    public IReadOnlySet<string> Exposed { get; init; } = new HashSet<string>();

    internal static HttpRoute? Of(Trigger node, JsonElement json, bool starts)
    {
        object? In(string name) => node.Inputs.GetValueOrDefault(name);
        IReadOnlyList<string> Texts(string name) => PlainValue.From(In(name)) is List<object?> list ? [.. list.Select(i => i?.ToString()).OfType<string>()] : [];
        if (In("Path") is not string { Length: > 0 } path) return null;
        var methods = Texts("SupportedMethods");
        string[] exposed = ["RequestTooLarge", "FileTooLarge", "InvalidFileExtension", "InvalidFileMimeType"];
        return new HttpRoute(node.ActivityId, path.Trim('/'), methods.Count > 0 ? methods : ["GET"], starts, In("Authorize") is not false, In("Policy") is string { Length: > 0 } policy ? policy : null)
        {
            RequestTimeout = In("RequestTimeout") is TimeSpan { Ticks: > 0 } timeout ? timeout : null,
            RequestSizeLimit = In("RequestSizeLimit") as long?,
            FileSizeLimit = In("FileSizeLimit") as long?,
            AllowedFileExtensions = Texts("AllowedFileExtensions"),
            BlockedFileExtensions = Texts("BlockedFileExtensions"),
            AllowedMimeTypes = Texts("AllowedMimeTypes"),
            Exposed = exposed.Where(e => Json.Flag(json, $"expose{e}Outcome")).ToHashSet(StringComparer.Ordinal),
        };
    }
}
