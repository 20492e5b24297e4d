using System.Globalization;

namespace FlowEngine.Engine.Verification;

/// <summary>
/// The 24-hour window as far as it can be seen in the drawing: the longest time that a lead may have been silent when a step is reached. Free
/// text after a day is refused by the provider; a template is not.
/// </summary>
internal static class SilenceRule
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>Silence is not counted further: it is long enough. Lets loops come to rest.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromHours(48);

    public static IEnumerable<Finding> Check(FlowDrawing drawing)
    {
        var silence = Longest(drawing);
        foreach (var (step, time) in silence.Where(s => s.Value >= Window && ConversationRules.Speaks(s.Key)))
        {
            if (step.IsSet("text") && !step.IsSet("template"))
            {
                yield return new Finding(FindingSeverity.Warning, "windowClosed", step.Id, step.Name, Math.Floor(time.TotalHours).ToString(CultureInfo.InvariantCulture))
                {
                    Variant = step.Type == "FlowEngine.SendMessage" ? null : "question",
                };
            }
        }
    }

    private static Dictionary<FlowStep, TimeSpan> Longest(FlowDrawing drawing)
    {
        var longest = new Dictionary<FlowStep, TimeSpan>();
        var open = new Queue<FlowStep>();
        foreach (var start in drawing.Starts)
        {
            // A lead who came by a form or an import has not written yet.
            Arrive(start, start.Type == "FlowEngine.ConversationStarted" && start.Literal("source") is not "message" ? Most : TimeSpan.Zero);
        }

        while (open.TryDequeue(out var step))
        {
            foreach (var (outcome, to) in step.Ways)
            {
                Arrive(to, After(step, outcome, longest[step]));
            }
        }

        return longest;

        void Arrive(FlowStep step, TimeSpan time)
        {
            time = time > Most ? Most : time;
            if (!longest.TryGetValue(step, out var known) || time > known)
            {
                longest[step] = time;
                open.Enqueue(step);
            }
        }
    }

    private static TimeSpan After(FlowStep step, string outcome, TimeSpan before) =>
        ConversationRules.WaitsForLead(step) ? (outcome == "Timeout" ? before + (step.Duration("timeout") ?? TimeSpan.Zero) : step.Starts ? before : TimeSpan.Zero)
        : step.Type == "Elsa.Delay" ? before + (step.Duration("timeSpan") ?? TimeSpan.Zero)
        : before;
}
