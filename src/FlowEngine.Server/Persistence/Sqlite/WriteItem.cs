namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>One piece of work for the writer, and its caller's task.</summary>
internal abstract class WriteItem
{
    /// <summary>What its own work threw; the others of its group go on.</summary>
    public Exception? Failure { get; set; }

    public abstract void Run(Session session);

    public abstract void Complete();

    public abstract void Fail(Exception failure);
}

internal sealed class WriteItem<T>(Func<Session, T> work) : WriteItem
{
    // Callers go on elsewhere: the writer's thread belongs to the next group.
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Done => done.Task;

    public override void Run(Session session) => result = work(session);

    public override void Complete() => done.TrySetResult(result!);

    public override void Fail(Exception failure) => done.TrySetException(failure);
}
