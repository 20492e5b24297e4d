using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Http;

/// <summary>
/// Starts a flow by an incoming request, or waits for one. The host reads the request, checks the limits that the bookmark names and
/// gives it as a map: ParsedContent, RouteData, QueryStringData, Headers, Files, Result, and Outcome when a limit was passed.
/// </summary>
public sealed class HttpEndpoint : Activity
{
    public const string TypeName = "Elsa.HttpEndpoint";

    /// <summary>Characters of a path with placeholders; a longer one is not listened at.</summary>
    private const int LongestTemplate = 500;

    private static readonly string[] Outcomes = ["Request too large", "File too large", "Invalid file extension", "Invalid file MIME type"];

    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = TypeName,
        Category = "HTTP",
        DisplayName = "HTTP endpoint",
        Description = "Starts the flow by an HTTP request, or waits for one.",
        Kind = ActivityKind.Trigger,
        Inputs =
        [
            new("Path", "String", "Path", "Where it listens, below /workflows: orders/{id}."),
            new("SupportedMethods", "List<String>", "Methods", "Which methods it accepts.", "checklist", Options: [("GET", "GET"), ("POST", "POST"), ("PUT", "PUT"), ("PATCH", "PATCH"), ("DELETE", "DELETE"), ("HEAD", "HEAD"), ("OPTIONS", "OPTIONS")]),
            new("Authorize", "Boolean", "Signed in only", "Whether the caller needs a key or a session.", "checkbox", true, Category: "Security"),
            new("Policy", "String", "Role", "Which role the caller needs; empty is any.", Category: "Security"),
            new("RequestTimeout", "TimeSpan", "Timeout", "How long the caller waits for an answer.", "timespan", Category: "Limits"),
            new("RequestSizeLimit", "Int64", "Largest request", "In bytes.", Category: "Limits"),
            new("FileSizeLimit", "Int64", "Largest file", "In bytes.", Category: "Limits"),
            new("AllowedFileExtensions", "List<String>", "Allowed file extensions", "Such as .pdf; empty is all.", "multi-text", Category: "Limits"),
            new("BlockedFileExtensions", "List<String>", "Blocked file extensions", "Such as .exe.", "multi-text", Category: "Limits"),
            new("AllowedMimeTypes", "List<String>", "Allowed MIME types", "Such as image/png; empty is all.", "multi-text", Category: "Limits"),
            new("ExposeRequestTooLargeOutcome", "Boolean", "Outcome for large requests", "Otherwise they are refused with 413.", "checkbox", IsWrapped: false, Category: "Limits"),
            new("ExposeFileTooLargeOutcome", "Boolean", "Outcome for large files", "Otherwise they are refused with 413.", "checkbox", IsWrapped: false, Category: "Limits"),
            new("ExposeInvalidFileExtensionOutcome", "Boolean", "Outcome for wrong extensions", "Otherwise they are refused with 415.", "checkbox", IsWrapped: false, Category: "Limits"),
            new("ExposeInvalidFileMimeTypeOutcome", "Boolean", "Outcome for wrong MIME types", "Otherwise they are refused with 415.", "checkbox", IsWrapped: false, Category: "Limits"),
        ],
        Outputs =
        [
            new("ParsedContent", "Object", "Content", "The body, read by its content type."),
            new("Files", "FormFile[]", "Files", "Uploaded files."),
            new("File", "FormFile", "File", "The first uploaded file."),
            new("RouteData", "ObjectDictionary", "Route", "What the placeholders of the path matched."),
            new("QueryStringData", "ObjectDictionary", "Query", "The query string."),
            new("Headers", "ObjectDictionary", "Headers", "The headers."),
            new("Result", "HttpRequest", "Request", "All of it."),
        ],
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        if (context.IsTrigger) return Received(context, context.TriggerInput);
        foreach (var method in Methods(context)) context.CreateBookmark(TypeName, Payload(context.Input<string>("Path"), method));
        return ActivityResult.Suspended;
    }

    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, object? input) => Received(context, input);

    /// <summary>What a route finds its bookmarks and triggers by.</summary>
    public static Dictionary<string, object?> Payload(string? path, string method) => new(StringComparer.Ordinal)
    {
        ["Path"] = (path ?? "").Trim('/'),
        ["Method"] = method.ToLowerInvariant(),
    };

    /// <summary>Method and path of a bookmark that waits at a path with placeholders, which no request can be compared with by hash; null for every other.</summary>
    public static string? RouteOf(Bookmark bookmark) => bookmark.Name == TypeName && (string?)bookmark.Payload?["Path"] is { Length: <= LongestTemplate } path && path.Contains('{')
        ? $"{(string?)bookmark.Payload["Method"]} {path}"
        : null;

    private static List<string> Methods(ActivityContext context) => context.Input<List<string>>("SupportedMethods") is { Count: > 0 } given ? given : ["GET"];

    private static ActivityResult Received(ActivityContext context, object? input)
    {
        var request = input as Dictionary<string, object?> ?? [];
        foreach (var output in new[] { "ParsedContent", "Files", "File", "RouteData", "QueryStringData", "Headers" })
        {
            if (request.TryGetValue(output, out var value)) context.SetOutput(output, value);
        }

        context.SetOutput("Result", request);
        return request.GetValueOrDefault("Outcome") is string limit && Outcomes.Contains(limit) ? ActivityResult.Outcome(limit) : ActivityResult.Done;
    }
}
