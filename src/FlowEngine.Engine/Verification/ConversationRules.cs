namespace FlowEngine.Engine.Verification;

/// <summary>What a lead would notice: waits without end, nobody at the end, words that may not be sent any more, a queue without people.</summary>
internal static class ConversationRules
{
    private const string Ask = "FlowEngine.AskQuestion";
    private const string Received = "FlowEngine.MessageReceived";
    private const string HandOff = "FlowEngine.HandOff";
    private const string Send = "FlowEngine.SendMessage";
    private const string Timeout = "Timeout";

    /// <summary>Steps after which the conversation has an owner or is over; and the AI's ways out, which hand off by themselves where nothing follows.</summary>
    private static readonly HashSet<string> Settles = new(StringComparer.Ordinal) { HandOff, "FlowEngine.Finalize", "FlowEngine.AiReply", "Elsa.Fault" };

    public static IEnumerable<Finding> Check(FlowDrawing drawing, CompanyFacts company) => !drawing.Converses ? [] :
        drawing.Steps.Where(drawing.Reaches).SelectMany(step => Waits(step).Concat(Ends(step, drawing)).Concat(Departments(step, company)).Concat(NoTarget(step, drawing))).Concat(SilenceRule.Check(drawing));

    private static IEnumerable<Finding> Waits(FlowStep step)
    {
        var waits = step.Type == Ask || (step.Type == Received && !step.Starts);
        if (waits && !step.IsSet("timeout"))
        {
            yield return Warn(step, "noTimeout");
        }

        if (step.Type == "Elsa.Event" && !step.Starts)
        {
            yield return Warn(step, "noTimeout") with { Variant = "event" };
        }
    }

    /// <summary>In the flowchart that is the flow itself: an outcome that nothing follows ends the flow.</summary>
    private static IEnumerable<Finding> Ends(FlowStep step, FlowDrawing drawing)
    {
        if (step.Parent is not { Parent: null, Type: "Elsa.Flowchart" } || Settles.Contains(step.Type) || step.Descriptor is null || IsSaid(drawing.OnComplete))
        {
            yield break;
        }

        var open = step.Descriptor.IsTerminal ? ["Done"] : Possible(step).Where(o => step.Ways.TrueForAll(w => w.Outcome != o)).ToList();
        if (open.Count == 0 || (step.Descriptor.Outcomes is not ["Done"] && step.Ways.Exists(w => w.Outcome == "Done") && !step.Outcomes.Contains("Done")))
        {
            yield break;
        }

        var nobody = string.Equals(drawing.OnComplete, "nobody", StringComparison.OrdinalIgnoreCase);
        yield return Warn(step, "openEnd", string.Join(", ", open)) with { Variant = nobody ? "nobody" : null };
    }

    private static IEnumerable<string> Possible(FlowStep step) =>
        step.Starts && step.Type == Received ? ["Done"] : step.Type is Ask or Received && !step.IsSet("timeout") ? step.Outcomes.Where(o => o != Timeout) : step.Outcomes;

    private static bool IsSaid(string? onComplete) => onComplete?.ToUpperInvariant() is "FINALIZE" or "QUEUE";

    private static IEnumerable<Finding> Departments(FlowStep step, CompanyFacts company)
    {
        if (step.Descriptor is null || !step.Descriptor.Inputs.Any(i => i is { Name: "Department", OptionsSource: "departments" }) || step.Literal("department") is not { } key)
        {
            yield break;
        }

        if (!company.Departments.Contains(key))
        {
            yield return Warn(step, "noDepartment", key);
        }
        else if (!company.Staffed.Contains(key))
        {
            yield return Warn(step, "emptyDepartment", key);
        }
    }

    /// <summary>A handoff to nobody in particular relies on the connection, which the drawing does not show; without a department there it fails.</summary>
    private static IEnumerable<Finding> NoTarget(FlowStep step, FlowDrawing drawing)
    {
        if (step.Type == HandOff && !step.IsSet("department") && !step.IsSet("agent") && !drawing.Steps.Any(s => s.Type == "FlowEngine.RouteTo" && drawing.Reaches(s)))
        {
            yield return Warn(step, "noTarget");
        }
    }

    internal static bool Speaks(FlowStep step) => step.Type is Send or Ask;

    internal static bool WaitsForLead(FlowStep step) => step.Type is Ask or Received;

    private static Finding Warn(FlowStep step, string code, params string[] values) => new(FindingSeverity.Warning, code, step.Id, [step.Name, .. values]);
}
