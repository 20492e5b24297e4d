using FlowEngine.Workflows.Flow;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Instances;

/// <summary>About how many bytes an instance takes when stored; counted without writing it.</summary>
internal static class StateSize
{
    private const int PerItem = 24;

    public static int Of(WorkflowInstance instance)
    {
        long size = Of(instance.Input) + Of(instance.Output) + Of(instance.TriggerInput) + Of(instance.Root!);
        size += instance.Bookmarks.Count * 400L;
        foreach (var incident in instance.Incidents) size += 300 + incident.Message.Length + (incident.Cause?.Length ?? 0);
        return (int)Math.Min(size, int.MaxValue);
    }

    private static long Of(Execution execution)
    {
        long size = 64 + Of(execution.StoredState) + Of(execution.DynamicVariables);
        if (execution.Node.Variables.Length > 0)
        {
            foreach (var (definition, value) in execution.OwnVariables) size += definition.Id.Length + Of(value);
        }

        size += execution.Flow switch
        {
            CounterScope counters => 4L * (counters.ActivityVisits.Length + counters.ConnectionVisits.Length),
            TokenScope tokens => 4L * (tokens.Waiting.Count + tokens.Blocked.Count),
            _ => 0,
        };
        if (execution.HasChildren) foreach (var child in execution.Children) size += Of(child);
        return size;
    }

    private static long Of(object? value)
    {
        switch (value)
        {
            case string text: return PerItem + text.Length;
            case IReadOnlyDictionary<string, object?> map:
                long sum = PerItem;
                foreach (var (key, item) in map) sum += key.Length + Of(item);
                return sum;
            case List<object?> list:
                long total = PerItem;
                foreach (var item in list) total += Of(item);
                return total;
            default: return PerItem;
        }
    }
}
