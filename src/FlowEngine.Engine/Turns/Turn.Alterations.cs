using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.Turns;

/// <summary>Changes to a conversation's run from outside. What makes the run act is only done while it may act; what only changes its state, always.</summary>
public sealed partial class Turn
{
    private Refusal? Alter(AlterRun asked, Actor actor)
    {
        if (conversation.RefuseRepair(actor, load.Staff) is { } refused)
        {
            return refused;
        }

        if (conversation.FlowInstance != asked.Instance)
        {
            return No(RefusalKind.Conflict, "runEnded", "The run has ended, or the conversation has another one.");
        }

        if (run.Open(asked.Instance) is not { } open)
        {
            return No(RefusalKind.Conflict, "notCured", "The version of the flow that this run stands on cannot be loaded.");
        }

        if (asked.Alteration is CancelRun cancel)
        {
            return End(new EndRun(asked.Instance, cancel.Reason), actor);
        }

        if (RunTurn.Rehearse(open.ToRecord(conversation.Id, now), asked.Alteration, tools, now) is { } problem)
        {
            return No(RefusalKind.Invalid, "notApplicable", problem);
        }

        IReadOnlyList<RunAlteration> each = asked.Alteration is AlterInTurn several ? several.Each : [asked.Alteration];
        foreach (var alteration in each)
        {
            if (Alter(open, alteration, actor) is { } why)
            {
                return why;
            }

            Take(conversation.RunAltered(char.ToLowerInvariant(alteration.GetType().Name[0]) + alteration.GetType().Name[1..], actor, now));
        }

        return null;
    }

    private Refusal? Alter(RunWrite open, RunAlteration alteration, Actor actor)
    {
        switch (alteration)
        {
            case MigrateRun migrate:
                RunTurn.Migrate(open, migrate, tools);
                return null;
            case ModifyVariable variable:
                RunTurn.Modify(open, variable);
                return null;
            case CancelRun cancel:
                return End(new EndRun(open.Id, cancel.Reason), actor);
            case RetryRun retry:
                return ProblemOf(open, retry.ActivityId, retry.ActivityInstanceId) is { } failed
                    ? Retry(new RetryProblem(failed.IncidentId), actor)
                    : No(RefusalKind.Conflict, "unknownIncident", "Nothing that has faulted is there to be retried.");
            case ScheduleActivity schedule when ProblemOf(open, schedule.ActivityId, schedule.ActivityInstanceId) is { } problem:
                return Retry(new RetryProblem(problem.IncidentId), actor);
            case ScheduleActivity or CancelActivity when !RunIsLive:
                return No(RefusalKind.Conflict, "parked", "The run is parked: give the conversation back to it first.");
            case ScheduleActivity schedule:
                Act(open, environment => Alteration.ScheduleActivity(open.Graph, open.Instance, schedule.ActivityId, schedule.ActivityInstanceId, environment).Result!);
                return null;
            case CancelActivity ended:
                Act(open, environment => Alteration.CancelActivity(open.Graph, open.Instance, ended.ActivityId, ended.ActivityInstanceId, environment).Result!);
                return null;
            default:
                return No(RefusalKind.Invalid, "notApplicable", "This is done at the problem itself.");
        }
    }

    /// <summary>The open problem of a faulted activity or execution; the first one when neither is named.</summary>
    private Problem? ProblemOf(RunWrite open, string? activityId, string? execution) => conversation.Problems.FirstOrDefault(
        p => p is { Kind: ProblemKind.Flow, Execution: { } faulted } && (execution is null || faulted == execution)
            && (activityId is null || open.Instance.Incidents.Exists(i => i.ActivityInstanceId == faulted && i.ActivityId == activityId)));

    private void Act(RunWrite open, Func<RunEnvironment, RunResult> how) => Burst(open.Id, open.DisplayName, null, environment =>
    {
        open.Add(how(environment), environment.Seed);
        return open;
    });
}
