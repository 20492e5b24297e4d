using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Http;

internal sealed class WriteHttpResponse : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.WriteHttpResponse",
        Category = "HTTP",
        DisplayName = "HTTP response",
        Description = "Answers the HTTP request that this step serves.",
        Inputs =
        [
            new("StatusCode", "HttpStatusCode", "Status code", "Such as 200 or OK.", "dropdown", "OK", Options: HttpStatus.Choices),
            new("Content", "Object", "Content", "What to answer.", "multi-line", DefaultSyntax: "JavaScript"),
            new("ContentType", "String", "Content type", "Such as application/json.", "dropdown", Options: HttpContentTypes.Choices),
            new("ResponseHeaders", "HttpHeaders", "Headers", "More headers, as an object.", "json-editor", Category: "Advanced"),
        ],
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        var execution = (Execution)context;
        if (!execution.Burst.Environment.AnswersHttp) return ActivityResult.Fault("NoHttpContext", "There is no HTTP request that could be answered here.", "HTTP");
        if (HttpStatus.Read(context.Input<string>("StatusCode")) is not { } status) return ActivityResult.Fault("StatusCode", "The status code is no HTTP status.", "HTTP");
        var headers = context.Input<Dictionary<string, object?>>("ResponseHeaders");
        execution.Burst.Want(new HttpResponded(context.Id, status, context.Input<object>("Content"), context.Input<string>("ContentType"), headers));
        return ActivityResult.Done;
    }
}
