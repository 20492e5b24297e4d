using FlowEngine.Workflows.Instances;

namespace FlowEngine.Workflows.Interpreter;

/// <summary>One execution of one activity: what it may read and write. Made by the interpreter.</summary>
public abstract class ActivityContext
{
    /// <summary>Id of this execution, <c>{instanceId}.{n}</c> (decision 5).</summary>
    public abstract string Id { get; }

    public abstract string ActivityId { get; }

    public abstract string NodeId { get; }

    /// <summary>The activity's name, or its id when it has none.</summary>
    public abstract string ActivityName { get; }

    public abstract Guid InstanceId { get; }

    public abstract DateTimeOffset Now { get; }

    public abstract object? Host { get; }

    /// <summary>What the run was started with when this activity is the trigger that started it; else null.</summary>
    public abstract object? TriggerInput { get; }

    /// <summary>True when this execution is that of the trigger that started the run.</summary>
    public abstract bool IsTrigger { get; }

    /// <summary>
    /// The evaluated input converted to <typeparamref name="T"/>; the descriptor's default when it is not set.
    /// Name as in the descriptor (Pascal case).
    /// </summary>
    public abstract T? Input<T>(string name);

    /// <summary>The raw JSON of a plain (unwrapped) property, or null.</summary>
    public abstract System.Text.Json.JsonElement? Plain(string name);

    /// <summary>Sets an output: bound variables are written at once.</summary>
    public abstract void SetOutput(string name, object? value);

    /// <summary>What this execution remembers across suspension: only JSON values (null, bool, number, string, lists and maps of them).</summary>
    public abstract IDictionary<string, object?> State { get; }

    /// <summary>Waits: the activity must then answer <c>Suspended</c>. With <paramref name="dueAt"/> a timer resumes it.</summary>
    public abstract Bookmark CreateBookmark(string name, object? payload = null, DateTimeOffset? dueAt = null, string? tag = null);

    /// <summary>Drops what this execution waits for, so that it may wait anew.</summary>
    public abstract void DropBookmarks();

    /// <summary>Whether the enclosing flowchart has a connection from the given outcome.</summary>
    public abstract bool HasConnection(string outcome);

    /// <summary>An entry in the journal besides Started, Completed …</summary>
    public abstract void Note(string eventName, string message);

    public abstract void SetVariable(string name, object? value);

    public abstract object? GetVariable(string name);
}
