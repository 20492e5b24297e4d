using System.Text.Json.Nodes;
using FlowEngine.Tests.Workflows.Conformance;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Tests.Workflows;

/// <summary>One flow acted out in a test: started, sent events, read back from bytes between all of it.</summary>
internal sealed class Acting
{
    private readonly ConformanceEngine engine = new();

    private Acting(JsonObject root, JsonObject[] variables)
    {
        engine.Publish(FlowJson.Element(FlowJson.Definition(root, variables))).Should().BeNull();
    }

    public StoredRun Run { get; private set; } = null!;

    public IReadOnlyList<string> Lines => engine.Lines;

    public WorkflowInstance Instance => Run.Instance;

    public IEnumerable<string> WaitingAt => Instance.Bookmarks.Select(b => b.ActivityId);

    public IEnumerable<string> Journal => Run.Journal.Select(j => $"{j.ActivityId}:{j.EventName}");

    public static Acting Of(JsonObject root, params JsonObject[] variables) => Started(root, variables, null);

    public static Acting WithInput(JsonObject root, Dictionary<string, object?> input, params JsonObject[] variables) => Started(root, variables, input);

    /// <summary>Published only: the first event starts it.</summary>
    public static Acting Triggered(JsonObject root, string eventName, object? payload = null)
    {
        var acting = new Acting(root, []);
        acting.engine.PublishEvent(eventName, payload, null);
        acting.Run = acting.engine.Runs.Single();
        return acting;
    }

    public Acting Send(string eventName, object? payload = null)
    {
        engine.PublishEvent(eventName, payload, null);
        return this;
    }

    public Acting Wait(TimeSpan time)
    {
        engine.Wait(time);
        return this;
    }

    public Acting Retry(string activityId)
    {
        engine.Retry(Run, Instance.Incidents.Last(i => i.ActivityId == activityId).ActivityInstanceId);
        return this;
    }

    public Acting Cancel()
    {
        engine.Cancel(Run);
        return this;
    }

    private static Acting Started(JsonObject root, JsonObject[] variables, Dictionary<string, object?>? input)
    {
        var acting = new Acting(root, variables);
        acting.Run = acting.engine.Start("flow", input);
        return acting;
    }
}
