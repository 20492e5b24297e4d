namespace FlowEngine.Server.Persistence;

/// <summary>
/// Readings of a book from the database, one after the other: otherwise one that began before a change could end after it, and put what stood
/// there before in the place of what was just committed.
/// </summary>
internal sealed class OneReader
{
    private readonly Lock gate = new();
    private Task last = Task.CompletedTask;

    /// <summary>Begins when those have ended that were asked for before, however they ended.</summary>
    public Task Read(Func<Task> read)
    {
        lock (gate)
        {
            return last = After(last, read);
        }
    }

    private static async Task After(Task before, Func<Task> read)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        await read();
    }
}
