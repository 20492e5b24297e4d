using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Http;

/// <summary>The container form: an activity for each expected status code, and ports for what was not expected.</summary>
internal sealed class SendHttpRequest : ContainerActivity, ICompiledActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = HttpRequested.BookmarkName,
        Category = "HTTP",
        DisplayName = "HTTP request",
        Description = "Sends an HTTP request and runs the activity of its status code.",
        Kind = ActivityKind.Task,
        Inputs =
        [
            new("ExpectedStatusCodes", "ICollection<HttpStatusCodeCase>", "Expected status codes", "Codes, each with an activity.", "http-status-codes", IsWrapped: false),
            .. HttpRequestInputs.All,
        ],
        Outputs = HttpRequestInputs.Outputs,
        ChildPorts = ["unmatchedStatusCode", "failedToConnect", "timeout"],
        IsContainer = true,
    };

    /// <summary>The activities by status code, and how often it may be tried again.</summary>
    public object Compile(NodeScope scope)
    {
        var cases = new Dictionary<int, ActivityNode?>();
        var index = 0;
        foreach (var item in Json.Items(Json.Property(scope.Node.Json, "expectedStatusCodes")))
        {
            var at = scope.At("expectedStatusCodes", index);
            var activity = Json.Property(item, "activity");
            // The first of a code counts, also one without an activity.
            cases.TryAdd(Json.Number(item, "statusCode", 0), Json.IsEmpty(activity) ? null : at.At("activity").Child(activity!.Value, "expectedStatusCodes", index));
            index++;
        }

        return new Compiled(cases, Resilience.Of(scope));
    }

    protected override ActivityResult Begin(Execution container) => HttpRequestInputs.Ask(container, Of(container).Resilience);

    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, object? input)
    {
        var container = (Execution)context;
        if (HttpRequestInputs.AskAgain(container, input, Of(container).Resilience) is { } asked) return asked;
        var (status, failure) = HttpRequestInputs.Read(container, input);
        if (Next(container, status, failure) is not { } next) return ActivityResult.Done;
        container.Schedule(next);
        return ActivityResult.Suspended;
    }

    private static ActivityNode? Next(Execution container, int? status, string? failure)
    {
        if (failure is not null) return container.Node.Child(failure == "Timeout" ? "timeout" : "failedToConnect");
        return Of(container).Cases.TryGetValue(status!.Value, out var expected) ? expected : container.Node.Child("unmatchedStatusCode");
    }

    private static Compiled Of(Execution container) => (Compiled)container.Node.Compiled!;

    private sealed record Compiled(Dictionary<int, ActivityNode?> Cases, Resilience? Resilience);
}
