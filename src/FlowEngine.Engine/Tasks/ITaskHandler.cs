namespace FlowEngine.Engine.Tasks;

/// <summary>Does one kind of work that runs outside of turns.</summary>
public interface ITaskHandler
{
    /// <summary>The kind of task that it does: model.</summary>
    string Kind { get; }

    /// <summary>
    /// Does the work until its deadline. What goes wrong comes back as a result too; it throws for a defect, or when
    /// <paramref name="cancel"/> fires. It holds no turn and no database connection while it waits.
    /// </summary>
    ValueTask<TaskResult> Work(TakenTask taken, CancellationToken cancel);

    /// <summary>The result of a task that could not be done at all: a defect, or a process that died over it again and again.</summary>
    TaskResult GiveUp(TakenTask taken, string why);
}

/// <param name="Json">As the waiting activity reads it.</param>
/// <param name="Suggestion">What a person may say with it when the bot may not any more.</param>
public sealed record TaskResult(string Json, string? Suggestion = null);
