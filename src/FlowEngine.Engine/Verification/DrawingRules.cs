using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Engine.Verification;

/// <summary>What can be seen in any drawing: steps that nothing leads to, kinds and outcomes that there are not, loops that never pause.</summary>
internal static class DrawingRules
{
    /// <summary>Steps at which a run lets go until something happens; a loop through one of them cannot spin.</summary>
    private static readonly HashSet<string> Pauses = new(StringComparer.Ordinal)
    {
        "FlowEngine.AskQuestion", "FlowEngine.MessageReceived", "FlowEngine.HandOff", "FlowEngine.AiReply", "FlowEngine.AiClassify", "FlowEngine.AiExtract", "FlowEngine.Finalize",
        "Elsa.Delay", "Elsa.Event", "Elsa.Timer", "Elsa.Cron", "Elsa.StartAt", "Elsa.RunTask", "Elsa.SendHttpRequest", "Elsa.FlowSendHttpRequest", "Elsa.ExecuteWorkflow",
        "Elsa.BulkDispatchWorkflows", "Elsa.HttpEndpoint",
    };

    public static IEnumerable<Finding> Check(FlowDrawing drawing, Func<string, bool> isUnknown)
    {
        foreach (var step in drawing.Steps)
        {
            if (!drawing.Reaches(step))
            {
                // What stands in an unreachable container is unreachable for the same reason; one finding is enough.
                if (step.Parent is null || drawing.Reaches(step.Parent))
                {
                    yield return Of(step, "unreachable", $"Nothing leads to '{step.Name}'; it never runs.");
                }

                continue;
            }

            if (step.Descriptor is null && isUnknown(step.Type))
            {
                yield return new Finding(FindingSeverity.Error, "unknownType", $"'{step.Name}' is of the kind '{step.Type}', which this server does not have.", step.Id);
            }

            foreach (var (outcome, to) in step.Ways.Where(w => !step.MayEnd(w.Outcome)))
            {
                yield return Of(step, "unknownOutcome", $"'{step.Name}' never ends with '{outcome}', so the way to '{to.Name}' is never taken. It ends with: {string.Join(", ", step.Outcomes)}.");
            }
        }

        foreach (var step in Spinning(drawing))
        {
            yield return Of(step, "loop", $"'{step.Name}' is in a loop without a wait: if it never leaves, the run stops with an error at the limit of steps.");
        }
    }

    /// <summary>Variables whose value would be gone when the lead answers.</summary>
    public static IEnumerable<Finding> Forgets(FlowDrawing drawing, WorkflowGraph graph) =>
        drawing.Converses && drawing.Steps.Any(s => drawing.Reaches(s) && Pauses.Contains(s.Type))
            ? graph.FleetingVariables.Select(name => new Finding(
                FindingSeverity.Warning, "forgetsVariable", $"The variable '{name}' has its default again whenever the flow has waited. Choose 'Workflow instance' as its storage."))
            : [];

    /// <summary>One step of each loop in which nothing waits.</summary>
    private static List<FlowStep> Spinning(FlowDrawing drawing)
    {
        var (found, done) = (new List<FlowStep>(), new HashSet<FlowStep>());
        foreach (var step in drawing.Steps.Where(s => drawing.Reaches(s) && !Pauses.Contains(s.Type)))
        {
            if (done.Contains(step) || !ComesBack(step, out var loop))
            {
                continue;
            }

            found.Add(step);
            done.UnionWith(loop);
        }

        return found;
    }

    private static bool ComesBack(FlowStep to, out HashSet<FlowStep> seen)
    {
        seen = [];
        var open = new Stack<FlowStep>(to.Ways.Select(w => w.To));
        var back = false;
        while (open.TryPop(out var at))
        {
            back |= at == to;
            if (Pauses.Contains(at.Type) || !seen.Add(at))
            {
                continue;
            }

            foreach (var (_, next) in at.Ways)
            {
                open.Push(next);
            }
        }

        return back;
    }

    private static Finding Of(FlowStep step, string code, string message) => new(FindingSeverity.Warning, code, message, step.Id);
}
