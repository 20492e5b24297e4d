using FlowEngine.Engine.Mailbox;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Engine.Turns;

public sealed partial class RunTurn
{
    /// <summary>Answers why it does not apply; null when it was done.</summary>
    private string? Alter(RunAlteration alteration)
    {
        if (run.Open(load.Mailbox) is not { } open)
        {
            return load.Instance is null ? "The run has not begun." : "The definition version that this run stands on cannot be loaded.";
        }

        if (alteration is AlterInTurn several)
        {
            return Rehearse(open.ToRecord(null, now), several, tools, now) ?? InTurn(several);
        }

        var environment = run.Environment(null, children);
        switch (alteration)
        {
            case CancelRun cancel when !open.IsOver || open.Instance.SubStatus == WorkflowSubStatus.Faulted:
                Advance(open, Interpreter.Cancel(open.Graph, open.Instance, cancel.Reason, environment), environment.Seed);
                Cure(open, 0, "cancelled");
                return null;
            case RetryRun retry:
                return Retry(open, retry);
            case SkipActivity skip when Interpreter.OutcomesOf(open.Instance, skip.ActivityInstanceId).Count > 0:
                var faults = open.Instance.Incidents.Count;
                Advance(open, Interpreter.Skip(open.Graph, open.Instance, skip.ActivityInstanceId, skip.Outcome, environment), environment.Seed);
                Cure(open, faults, "skipped");
                return null;
            case CancelRun or SkipActivity:
                return "Nothing of the run is there to be changed by this.";
            case MigrateRun migrate:
                return Migrate(open, migrate, tools);
            case ModifyVariable variable:
                return Modify(open, variable);
            case ScheduleActivity schedule:
                return After(open, Alteration.ScheduleActivity(open.Graph, open.Instance, schedule.ActivityId, schedule.ActivityInstanceId, environment), environment.Seed);
            case CancelActivity cancel:
                return After(open, Alteration.CancelActivity(open.Graph, open.Instance, cancel.ActivityId, cancel.ActivityInstanceId, environment), environment.Seed);
            default:
                throw new InvalidOperationException($"No run knows the alteration {alteration.GetType().Name}.");
        }
    }

    private string? Retry(RunWrite open, RetryRun retry)
    {
        var faulted = open.Instance.Incidents
            .Where(i => retry.ActivityInstanceId is null || i.ActivityInstanceId == retry.ActivityInstanceId)
            .Where(i => retry.ActivityId is null || i.ActivityId == retry.ActivityId)
            .Select(i => i.ActivityInstanceId).Distinct()
            .Where(id => Interpreter.OutcomesOf(open.Instance, id).Count > 0)
            .ToList();
        if (faulted.Count == 0)
        {
            return "Nothing that has faulted is there to be retried.";
        }

        var before = open.Instance.Incidents.Count;
        foreach (var execution in faulted)
        {
            var environment = run.Environment(null, children);
            Advance(open, Interpreter.RetryWhereItStood(open.Graph, open.Instance, execution, environment), environment.Seed);
        }

        Cure(open, before, "retried");
        return null;
    }

    /// <summary>Closes the incidents before <paramref name="upTo"/> (all when zero) whose executions do not stand faulted any more.</summary>
    private void Cure(RunWrite open, int upTo, string how)
    {
        var known = open.Instance.Incidents;
        for (var i = 0; i < (upTo == 0 ? known.Count : upTo); i++)
        {
            if (upTo == 0 || Interpreter.OutcomesOf(open.Instance, known[i].ActivityInstanceId).Count == 0 || known.Skip(upTo).Any(n => n.ActivityInstanceId == known[i].ActivityInstanceId))
            {
                cured.Add(new IncidentClosed(IncidentId(open.Id, i), now, open.DisplayName, how));
            }
        }
    }

    /// <summary>Carries the alteration out on a copy of the run, of which nothing is kept. Answers why it does not apply; null when it does.</summary>
    internal static string? Rehearse(InstanceRecord record, RunAlteration alteration, TurnTools tools, DateTimeOffset now)
    {
        var rehearsal = new RunTurn(new RunLoad { Mailbox = record.Id, MailboxVersion = 0, Events = [], Instance = record }, tools, now, null);
        return alteration is AlterInTurn several ? rehearsal.InTurn(several) : rehearsal.Alter(alteration);
    }

    private string? InTurn(AlterInTurn several)
    {
        foreach (var alteration in several.Each)
        {
            if (Alter(alteration) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    internal static string? Migrate(RunWrite open, MigrateRun migrate, TurnTools tools)
    {
        if (open.IsOver || tools.Flows.FindVersion(migrate.VersionId) is not { } version)
        {
            return open.IsOver ? "The run has ended." : $"There is no version '{migrate.VersionId}'.";
        }

        var (migrated, problem) = Migration.Of(open.Instance, version);
        if (migrated is not null)
        {
            open.MoveTo(version, migrated);
        }

        return problem;
    }

    internal static string? Modify(RunWrite open, ModifyVariable variable) =>
        open is { IsOver: true, Instance.SubStatus: not WorkflowSubStatus.Faulted } ? "The run has ended." : Alteration.ModifyVariable(open.Graph, open.Instance, variable.VariableId, JsonText.Read(variable.ValueJson));

    private string? After(RunWrite open, (RunResult? Result, string? Problem) altered, ulong seed)
    {
        if (altered.Result is { } result)
        {
            Advance(open, result, seed);
        }

        return altered.Problem;
    }
}
