using System.Globalization;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Http;

/// <summary>What both activities that send a request have in common: inputs, outputs, the asking and the reading of the answer.</summary>
internal static class HttpRequestInputs
{
    /// <summary>Requests that may be sent twice without doing more than once (RFC 9110, 9.2.2).</summary>
    private static readonly string[] Idempotent = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"];

    public static IReadOnlyList<InputDescriptor> All { get; } =
    [
        new("Url", "String", "Address", "Where to send it."),
        new("Method", "String", "Method", "GET, POST or another.", "dropdown", "GET", Options: [("GET", "GET"), ("POST", "POST"), ("PUT", "PUT"), ("PATCH", "PATCH"), ("DELETE", "DELETE"), ("HEAD", "HEAD"), ("OPTIONS", "OPTIONS")]),
        new("Content", "Object", "Content", "The body.", "multi-line", DefaultSyntax: "JavaScript"),
        new("ContentType", "String", "Content type", "Such as application/json.", "dropdown", Options: HttpContentTypes.Choices),
        new("Authorization", "String", "Authorization", "Value of that header; it never appears in the journal.", Category: "Security") { IsSecret = true },
        new("DisableAuthorizationHeaderValidation", "Boolean", "Authorization as it is", "Kept for Elsa: the header is always sent as written.", "checkbox", Category: "Security"),
        new("RequestHeaders", "HttpHeaders", "Headers", "More headers, as an object.", "json-editor", Category: "Advanced") { IsSecret = true },
        new("EnableResiliency", "Boolean", "Retry", "Kept for Elsa 3.2; use a resilience strategy.", "checkbox", Category: "Advanced"),
    ];

    public static IReadOnlyList<OutputDescriptor> Outputs { get; } =
    [
        new("StatusCode", "Int32", "Status code", "Of the answer."),
        new("ParsedContent", "Object", "Content", "The answer's body, read by its content type."),
        new("ResponseHeaders", "HttpHeaders", "Headers", "Of the answer."),
        new("Result", "HttpResponseMessage", "Response", "All of it."),
    ];

    /// <param name="resilience">How often it may be tried again; null is once.</param>
    /// <param name="asFile">Whether the answer's body is wanted as a file, whatever its type.</param>
    public static ActivityResult Ask(Execution execution, Resilience? resilience, bool asFile = false)
    {
        var url = execution.Input<string>("Url");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return ActivityResult.Fault("HttpAddress", $"'{url}' is not a complete address with http or https.", "HTTP");
        }

        var strategy = resilience?.For(execution);
        var body = asFile ? "RequestContent" : "Content";
        var bookmark = execution.CreateBookmark(HttpRequested.BookmarkName);
        execution.Burst.Want(new HttpRequested(execution.Id, bookmark.Id, new HttpCall(
            uri.AbsoluteUri, Method(execution), execution.Input<object>(body), execution.Input<string>($"{body}Type"),
            execution.Input<string>("Authorization"), execution.Input<Dictionary<string, object?>>("RequestHeaders"), strategy) { AsFile = asFile }));
        return ActivityResult.Suspended;
    }

    /// <summary>
    /// The answer was lost. Who only reads, or writes the same once more, asks again; a POST may have done its work, so it counts as one that
    /// did not connect, and the flow decides. Null when the answer is there.
    /// </summary>
    public static ActivityResult? AskAgain(Execution execution, object? input, Resilience? resilience, bool asFile = false) =>
        input is HttpRequested.AnswerLost && Idempotent.Contains(Method(execution)) ? Ask(execution, resilience, asFile) : null;

    /// <summary>The answer, or the failure: Timeout, or anything else that kept it from connecting.</summary>
    public static (Dictionary<string, object?> Answer, string? Failure) Answered(Execution execution, object? input)
    {
        if (input is not Dictionary<string, object?> answer) return ([], "Lost");
        RetriedAttempts.Note(execution, answer);
        if (answer.GetValueOrDefault("Failure") is not string failure) return (answer, null);
        execution.Note("HTTP", answer.GetValueOrDefault("Detail") as string ?? failure);
        return (answer, failure);
    }

    /// <summary>Sets the outputs; answers the status code, or the failure.</summary>
    public static (int? Status, string? Failure) Read(Execution execution, object? input)
    {
        var (answer, failure) = Answered(execution, input);
        if (failure is not null) return (null, failure);
        foreach (var output in new[] { "StatusCode", "ParsedContent", "ResponseHeaders" }) execution.SetOutput(output, answer.GetValueOrDefault(output));
        execution.SetOutput("Result", answer);
        return (answer.GetValueOrDefault("StatusCode") is long status ? (int)status : 0, null);
    }

    /// <summary>How an activity goes on by a status code: by the code when it is expected, and by Done.</summary>
    public static ActivityResult Outcome(ActivityContext context, object? status)
    {
        var code = Convert.ToString(status, CultureInfo.InvariantCulture) ?? "";
        var expected = context.Input<List<string>>("ExpectedStatusCodes") ?? [];
        // Where no code is expected, none is unexpected.
        if (expected.Count == 0) return ActivityResult.Outcome(ActivityResult.DefaultOutcome);
        return ActivityResult.Outcome(expected.Contains(code) ? code : "Unmatched status code", ActivityResult.DefaultOutcome);
    }

    private static string Method(Execution execution) => (execution.Input<string>("Method") ?? "GET").ToUpperInvariant();
}
