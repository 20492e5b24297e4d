using System.Text;
using FlowEngine.Workflows.Interpreter;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Activities.Http;

/// <summary>
/// A file in a flow: what a request uploaded or a download brought, as a map of FileName, ContentType and Content in base64. Where one is wanted a
/// text is one too, and a list of numbers is its bytes.
/// </summary>
internal static class HttpFile
{
    /// <summary>The bytes in base64, with the name and type that the file itself says; null when the value is no file.</summary>
    public static (string Base64, string? Name, string? Type)? Of(object? value) => PlainValue.From(value) switch
    {
        Dictionary<string, object?> map when map.GetValueOrDefault("Content") is string content && IsBase64(content) =>
            (content, map.GetValueOrDefault("FileName") as string, map.GetValueOrDefault("ContentType") as string),
        Dictionary<string, object?> map => (Base64(JsonText.Of(map)), null, "application/json"),
        List<object?> { Count: 1 } single when single[0] is Dictionary<string, object?> => Of(single[0]),
        List<object?> bytes when bytes.TrueForAll(b => b is >= 0L and <= 255L) => (Convert.ToBase64String([.. bytes.Select(b => (byte)(long)b!)]), null, null),
        string text => (Base64(text), null, "text/plain; charset=utf-8"),
        _ => null,
    };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static bool IsBase64(string text) => System.Buffers.Text.Base64.IsValid(text);
}

/// <summary>Answers the request with a file.</summary>
internal sealed class WriteFileHttpResponse : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.WriteFileHttpResponse",
        Category = "HTTP",
        DisplayName = "HTTP file response",
        Description = "Answers the HTTP request that this step serves with a file.",
        Inputs =
        [
            new("ContentType", "String", "Content type", "Such as application/pdf; empty takes the file's own."),
            new("Filename", "String", "File name", "Under which it is saved; empty takes the file's own."),
            new("EntityTag", "String", "Entity tag", "By which a client knows the file again."),
            new("Content", "Object", "Content", "A file of a request or a download, a text, or bytes as a list of numbers.", "multi-line", DefaultSyntax: "JavaScript"),
            new("EnableResumableDownloads", "Boolean", "Resumable", "Whether a client may ask for a part of it.", "checkbox"),
            new("DownloadCorrelationId", "String", "Download id", "Kept for Elsa: a part is cut out of what the flow answers, and nothing is stored for it."),
        ],
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        var burst = ((Execution)context).Burst;
        if (!burst.Environment.AnswersHttp) return ActivityResult.Fault("NoHttpContext", "There is no HTTP request that could be answered here.", "HTTP");
        if (HttpFile.Of(context.Input<object>("Content")) is not { } file) return ActivityResult.Fault("NoFile", "The content is no file: give a file of a request or a download, a text, or bytes.", "HTTP");
        if (file.Base64.Length > burst.Environment.Limits.FileSize / 3 * 4) return ActivityResult.Fault("FileTooLarge", $"The file is larger than {burst.Environment.Limits.FileSize} bytes.", "Limit");
        burst.Want(new HttpResponded(context.Id, 200, file.Base64, Given(context, "ContentType") ?? file.Type, null)
        {
            File = new HttpFileSent(Given(context, "Filename") ?? file.Name, Given(context, "EntityTag"), context.Input<bool>("EnableResumableDownloads")),
        });
        return ActivityResult.Done;
    }

    private static string? Given(ActivityContext context, string input) => context.Input<string>(input) is { Length: > 0 } text ? text : null;
}
