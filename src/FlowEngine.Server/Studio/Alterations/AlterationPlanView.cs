using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence.Rows;

namespace FlowEngine.Server.Studio.Alterations;

/// <summary>A plan and its jobs as Elsa's clients read them.</summary>
internal sealed record AlterationPlanView(AlterationPlanView.Head Plan, IReadOnlyList<AlterationPlanView.Job> Jobs)
{
    public static AlterationPlanView Of(Guid plan, IReadOnlyList<(StoredEvent Row, (Guid? Run, RunAlteration? Asked) What)> jobs)
    {
        var pending = jobs.Any(j => j.Row.State == EventState.Pending);
        var begun = jobs.Min(j => j.Row.ReceivedAt);
        var head = new Head(
            plan, [.. WordsOf(jobs.Select(j => j.What.Asked).FirstOrDefault(a => a is not null)).Select(w => new Asked(w))], new Filter([.. jobs.Select(j => j.What.Run).OfType<Guid>()]),
            pending ? "Running" : "Completed", begun, begun, pending ? null : jobs.Max(j => j.Row.DoneAt));
        return new AlterationPlanView(head, [.. jobs.Select(j => JobOf(plan, j.Row, j.What.Run, j.What.Asked))]);
    }

    /// <summary>What happened to one run, as a log: one line for each alteration that was done, or why none was.</summary>
    public static IReadOnlyList<Line> Log(RunAlteration? asked, string? problem, DateTimeOffset at) => problem is null
        ? [.. WordsOf(asked).Select(w => new Line($"{w} succeeded", "Information", at))]
        : [new Line(problem, "Error", at)];

    private static Job JobOf(Guid plan, StoredEvent row, Guid? run, RunAlteration? asked)
    {
        var problem = row.State == EventState.Dead ? "The run could not process it." : ProblemOf(row);
        return new Job(
            row.Id, plan, run, row.State == EventState.Pending ? "Pending" : problem is null ? "Completed" : "Failed",
            row.State == EventState.Pending ? [] : Log(asked, problem, row.DoneAt ?? row.ReceivedAt), row.ReceivedAt, row.DoneAt, row.DoneAt);
    }

    private static string? ProblemOf(StoredEvent row) => row.Result is not { } result ? null
        : row.Kind == "command" ? TurnText.ReadOutcome(result).Refusal?.Message
        : TurnText.ReadRunOutcome(result).Problem;

    private static IEnumerable<string> WordsOf(RunAlteration? alteration) => alteration switch
    {
        null => [],
        AlterInTurn several => several.Each.SelectMany(WordsOf),
        CancelRun => ["Cancel"],
        MigrateRun => ["Migrate"],
        var other => [other.GetType().Name],
    };

    internal sealed record Head(
        Guid Id, IReadOnlyList<Asked> Alterations, Filter WorkflowInstanceFilter, string Status, DateTimeOffset CreatedAt, DateTimeOffset StartedAt, DateTimeOffset? CompletedAt);

    internal sealed record Asked(string Type);

    internal sealed record Filter(IReadOnlyList<Guid> WorkflowInstanceIds);

    internal sealed record Job(
        Guid Id, Guid PlanId, Guid? WorkflowInstanceId, string Status, IReadOnlyList<Line> Log, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt);

    internal sealed record Line(string Message, string LogLevel, DateTimeOffset Timestamp);
}
