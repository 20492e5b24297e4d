using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Engine.Verification;

/// <summary>What can be seen in any drawing: steps that nothing leads to, kinds and outcomes that there are not, loops that never pause.</summary>
internal static class DrawingRules
{
    /// <summary>The Studio offers it for new flows; here nothing of it would run.</summary>
    private const string StateMachine = "Elsa.StateMachine";

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
                    yield return Of(step, "unreachable");
                }

                continue;
            }

            if (step.Descriptor is null && isUnknown(step.Type))
            {
                yield return new Finding(FindingSeverity.Error, step.Type == StateMachine ? "stateMachine" : "unknownType", step.Id, step.Name, step.Type);
            }

            foreach (var (outcome, to) in step.Ways.Where(w => !step.MayEnd(w.Outcome)))
            {
                yield return Of(step, "unknownOutcome", outcome, to.Name, string.Join(", ", step.Outcomes));
            }
        }

        foreach (var step in Spinning(drawing))
        {
            yield return Of(step, "loop");
        }
    }

    /// <summary>Variables whose value would be gone when the lead answers.</summary>
    public static IEnumerable<Finding> Forgets(FlowDrawing drawing, WorkflowGraph graph) =>
        drawing.Converses && drawing.Steps.Any(s => drawing.Reaches(s) && Pauses.Contains(s.Type))
            ? graph.FleetingVariables.Select(name => new Finding(FindingSeverity.Warning, "forgetsVariable", null, name))
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

    private static Finding Of(FlowStep step, string code, params string[] values) => new(FindingSeverity.Warning, code, step.Id, [step.Name, .. values]);
}
