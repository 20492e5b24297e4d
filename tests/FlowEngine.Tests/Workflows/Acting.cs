using System.Text.Json.Nodes;
using FlowEngine.Tests.Workflows.Conformance;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Tests.Workflows;

/// <summary>One flow acted out in a test: started, sent events, read back from bytes between all of it.</summary>
internal sealed class Acting
{
    private readonly ConformanceEngine engine;

    private Acting(string mode, params JsonObject[] definitions)
    {
        engine = new ConformanceEngine { Mode = mode };
        engine.PublishAll(definitions.Select(d => FlowJson.Element(d))).Should().BeNull();
    }

    private Acting(JsonObject root, JsonObject[] variables)
        : this("counter", FlowJson.Definition(root, variables))
    {
    }

    public StoredRun Run { get; private set; } = null!;

    /// <summary>Other runs, such as children.</summary>
    public IEnumerable<StoredRun> Others => engine.Runs.Where(r => r != Run);

    public IReadOnlyList<string> Lines => engine.Lines;

    public WorkflowInstance Instance => Run.Instance;

    public IEnumerable<string> WaitingAt => Instance.Bookmarks.Select(b => b.ActivityId);

    public IEnumerable<string> Journal => Run.Journal.Select(j => $"{j.ActivityId}:{j.EventName}");

    public static Acting Of(JsonObject root, params JsonObject[] variables) => Started(root, variables, null);

    public static Acting WithInput(JsonObject root, Dictionary<string, object?> input, params JsonObject[] variables) => Started(root, variables, input);

    /// <summary>In token mode.</summary>
    public static Acting WithTokens(JsonObject root) => new Acting("token", FlowJson.Definition(root)).Begin(null);

    /// <summary>The definition named <c>flow</c>, with others beside it.</summary>
    public static Acting Among(Dictionary<string, object?>? input, params JsonObject[] definitions) => new Acting("counter", definitions).Begin(input);

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

    /// <summary>The answer to the first bookmark of an activity.</summary>
    public Acting Answer(string activityId, object? input)
    {
        engine.Resume(Run, Instance.Bookmarks.First(b => b.ActivityId == activityId), input);
        return this;
    }

    public Acting Cancel()
    {
        engine.Cancel(Run);
        return this;
    }

    private static Acting Started(JsonObject root, JsonObject[] variables, Dictionary<string, object?>? input) => new Acting(root, variables).Begin(input);

    private Acting Begin(Dictionary<string, object?>? input)
    {
        Run = engine.Start("flow", input);
        return this;
    }
}
