using FlowEngine.Workflows.Interpreter;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Engine.Tasks;

/// <summary>
/// Work that a run waits for at a bookmark and that runs outside of any turn: a model's answer, a request to another system. Written
/// in the turn's own commit; its result comes back as an event of the same mailbox.
/// </summary>
/// <param name="Kind">Who can do it: model, http.</param>
/// <param name="Epoch">The epoch under which it was asked. A result of an older epoch is recorded and resumes nothing.</param>
/// <param name="Payload">What to do, as its kind reads it.</param>
/// <param name="Deadline">When its result is of no use any more.</param>
public sealed record ExternalTask(
    Guid Id, Guid Mailbox, Guid Instance, string Bookmark, string Kind, long Epoch, byte[] Payload, DateTimeOffset CreatedAt, DateTimeOffset Deadline)
{
    /// <summary>Name of the bookmark at which the run waits for the result.</summary>
    public const string BookmarkName = "FlowEngine.ExternalTask";

    /// <summary>Whether a bookmark of that name waits for work outside.</summary>
    public static bool IsFor(string bookmark) => bookmark is BookmarkName or HttpRequested.BookmarkName;

    /// <summary>A result as the activity at the bookmark reads it: a model's as text, an HTTP answer as a value.</summary>
    public static object? Input(string bookmark, string result) => bookmark == HttpRequested.BookmarkName && result.Length > 0 ? JsonText.Read(result) : result;

    /// <summary>What resumes that bookmark when control has come back to the run and its task is gone: it may ask anew.</summary>
    public const string AskAgain = "";
}

/// <summary>Who works on a task may be wanted no more, yet its result may still help a person.</summary>
public enum TaskState { Open = 0, Stale = 1 }

/// <summary>A turn does not wait for a task any more.</summary>
/// <param name="Stale">A person took over: work that was begun goes on, and its result is offered to that person. Otherwise it is withdrawn.</param>
public sealed record TaskEnd(Guid Instance, string Bookmark, bool Stale);

/// <param name="Attempts">How often it has been taken, this time included.</param>
public sealed record TakenTask(ExternalTask Task, int Attempts);
