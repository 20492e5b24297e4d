namespace FlowEngine.Server.Jobs.Retention;

/// <summary>
/// One kind of rows whose time of keeping ends. It walks in the order in which they were written and in small transactions, so that leads
/// do not wait for it; where it is broken off, the next night goes on. Two at once do the same as one.
/// </summary>
public interface IRetention
{
    /// <summary>What it clears, for the log.</summary>
    string Of { get; }

    /// <summary>Answers how many rows it emptied or deleted.</summary>
    Task<int> Clear(DateTimeOffset now, CancellationToken cancel);
}
