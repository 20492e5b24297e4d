using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Http;

internal sealed class FlowSendHttpRequest : Activity, ICompiledActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.FlowSendHttpRequest",
        Category = "HTTP",
        DisplayName = "HTTP request (flow)",
        Description = "Sends an HTTP request and goes on by its status code.",
        Kind = ActivityKind.Task,
        Inputs = [new("ExpectedStatusCodes", "List<Int32>", "Expected status codes", "Each is an outcome.", "multi-text", new List<object?> { 200L }), .. HttpRequestInputs.All],
        Outputs = HttpRequestInputs.Outputs,
        Outcomes = ["Unmatched status code", "Failed to connect", "Timeout", "Done"],
    };

    public object? Compile(NodeScope scope) => Resilience.Of(scope);

    public override ActivityResult Execute(ActivityContext context) => HttpRequestInputs.Ask((Execution)context, ResilienceOf(context));

    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, object? input)
    {
        if (HttpRequestInputs.AskAgain((Execution)context, input, ResilienceOf(context)) is { } asked) return asked;
        var (status, failure) = HttpRequestInputs.Read((Execution)context, input);
        if (failure is not null) return ActivityResult.Outcome(failure == "Timeout" ? "Timeout" : "Failed to connect");
        return HttpRequestInputs.Outcome(context, status);
    }

    private static Resilience? ResilienceOf(ActivityContext context) => (Resilience?)((Execution)context).Node.Compiled;
}
