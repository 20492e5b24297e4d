namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>Another process uses the same data folder; two would each believe to be the only writer.</summary>
public sealed class DataFolderInUseException(string folder, Exception inner)
    : IOException($"The data folder '{folder}' is in use by another FlowEngine process. Stop that process, or give this one a folder of its own.", inner);

/// <summary>
/// The operating system's lock on the data folder (decision 10), held while the process lives; the system takes it back however the
/// process ends, so nothing has to be cleaned up after a crash.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream file;

    private DataFolderLock(FileStream file) => this.file = file;

    /// <exception cref="DataFolderInUseException">When another process holds it.</exception>
    public static DataFolderLock Take(string folder)
    {
        try
        {
            return new DataFolderLock(new FileStream(Path.Combine(folder, "flowengine.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new DataFolderInUseException(folder, e);
        }
    }

    public void Dispose() => file.Dispose();
}
