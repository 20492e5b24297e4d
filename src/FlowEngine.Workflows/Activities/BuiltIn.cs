using FlowEngine.Workflows.Activities.Branching;
using FlowEngine.Workflows.Activities.Children;
using FlowEngine.Workflows.Activities.Composition;
using FlowEngine.Workflows.Activities.Flowcharts;
using FlowEngine.Workflows.Activities.Http;
using FlowEngine.Workflows.Activities.Looping;
using FlowEngine.Workflows.Activities.Primitives;
using FlowEngine.Workflows.Activities.Scheduling;
using FlowEngine.Workflows.Expressions.CSharp;

namespace FlowEngine.Workflows.Activities;

/// <summary>The node types of Elsa that this engine brings along; a host adds its own to them.</summary>
public static class BuiltIn
{
    public static IReadOnlyList<Activity> All { get; } =
    [
        new Flowchart(),
        new Start(),
        new End(),
        new FlowNode(),
        new FlowDecision(),
        new FlowSwitch(),
        new FlowFork(),
        new FlowJoin(),
        new Sequence(),
        new Composition.Parallel(),
        new Fork(),
        new If(),
        new Switch(),
        new While(),
        new For(),
        new ForEach(),
        new ParallelForEach(),
        new Break(),
        new Complete(),
        new SetOutput(),
        new SetVariable(),
        new SetName(),
        new Correlate(),
        new WriteLine(),
        new RunJavaScript(),
        new Event(),
        new PublishEvent(),
        new RunTask(),
        new Delay(),
        new Scheduling.Timer(),
        new Cron(),
        new StartAt(),
        new HttpEndpoint(),
        new WriteHttpResponse(),
        new WriteFileHttpResponse(),
        new SendHttpRequest(),
        new FlowSendHttpRequest(),
        new DownloadHttpFile(),
        new ExecuteWorkflow(),
        new DispatchWorkflow(),
        new BulkDispatchWorkflows(),
        new Finish(),
        new FaultActivity(),
        new NotFoundActivity(),
    ];

    public static ActivityCatalog Catalog { get; } = new(All);

    /// <summary>The same with C#, for hosts whose administrator trusts it: scripts run with the rights of the process.</summary>
    public static ActivityCatalog Trusting(CompileCSharp compile, IEnumerable<Activity>? more = null) => new([.. All, .. more ?? [], new RunCSharp(compile)], compile);
}
