namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>
/// SQLite has one writer at a time; everything of this process that writes takes turns here instead of polling for the file's lock
/// (decision 10). The lock itself stays the backstop for what does not come through here.
/// </summary>
public sealed class WriteGate : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);

    public void Enter() => gate.Wait();

    public Task Enter(CancellationToken cancel) => gate.WaitAsync(cancel);

    public void Leave() => gate.Release();

    public void Dispose() => gate.Dispose();
}
