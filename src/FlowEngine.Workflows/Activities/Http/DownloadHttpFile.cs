using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Http;

/// <summary>A request whose answer is a file, whatever its type. The file is a map as an upload is (<see cref="HttpFile"/>).</summary>
internal sealed class DownloadHttpFile : Activity, ICompiledActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.DownloadHttpFile",
        Category = "HTTP",
        DisplayName = "Download file",
        Description = "Downloads a file and goes on by the answer's status code.",
        Kind = ActivityKind.Task,
        Inputs =
        [
            new("ExpectedStatusCodes", "List<Int32>", "Expected status codes", "Each is an outcome.", "multi-text", new List<object?> { 200L }),
            .. HttpRequestInputs.All.Where(i => i.Name is not ("Content" or "ContentType" or "EnableResiliency")),
            new("RequestContent", "Object", "Content", "The request's body.", "multi-line", DefaultSyntax: "JavaScript"),
            new("RequestContentType", "String", "Content type", "Of the request's body.", "dropdown", Options: HttpContentTypes.Choices),
        ],
        Outputs =
        [
            new("StatusCode", "Int32", "Status code", "Of the answer."),
            new("Response", "HttpResponseMessage", "Response", "All of it."),
            new("ResponseContentStream", "FormFile", "File", "The same as the result; there are no streams in a flow."),
            new("ResponseContentBytes", "String", "Bytes", "The file's bytes in base64."),
            new("ResponseHeaders", "HttpHeaders", "Headers", "Of the answer."),
            new("ResponseContentHeaders", "HttpHeaders", "Content headers", "Of the answer's body."),
            new("Result", "FormFile", "File", "FileName, ContentType, Length, and Content in base64."),
        ],
        Outcomes = ["Unmatched status code", "Failed to connect", "Timeout", "Done"],
    };

    public object? Compile(NodeScope scope) => Resilience.Of(scope);

    public override ActivityResult Execute(ActivityContext context) => HttpRequestInputs.Ask((Execution)context, ResilienceOf(context), asFile: true);

    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, object? input)
    {
        var execution = (Execution)context;
        if (HttpRequestInputs.AskAgain(execution, input, ResilienceOf(context), asFile: true) is { } asked) return asked;
        var (answer, failure) = HttpRequestInputs.Answered(execution, input);
        if (failure is not null) return ActivityResult.Outcome(failure == "Timeout" ? "Timeout" : "Failed to connect");
        var file = answer.GetValueOrDefault("File") as Dictionary<string, object?>;
        var headers = answer.GetValueOrDefault("ResponseHeaders");
        foreach (var (output, value) in new (string, object?)[]
        {
            ("StatusCode", answer.GetValueOrDefault("StatusCode")), ("Response", answer), ("ResponseContentStream", file), ("ResponseContentBytes", file?.GetValueOrDefault("Content")),
            ("ResponseHeaders", headers), ("ResponseContentHeaders", headers), ("Result", file),
        })
        {
            execution.SetOutput(output, value);
        }

        return HttpRequestInputs.Outcome(context, answer.GetValueOrDefault("StatusCode"));
    }

    private static Resilience? ResilienceOf(ActivityContext context) => (Resilience?)((Execution)context).Node.Compiled;
}
