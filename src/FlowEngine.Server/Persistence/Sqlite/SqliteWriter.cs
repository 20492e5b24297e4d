namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>
/// The one writer of the turn store (decision 10): a thread that takes everything that has been asked for meanwhile and commits it as
/// one group, with one wait for the disk. An item that fails takes only itself back.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly Lock queueGate = new();
    private readonly SemaphoreSlim asked = new(0);
    private readonly WriteGate gate;
    private readonly Session durable;
    private readonly Session relaxed;
    private readonly Thread thread;
    private List<WriteItem> queue = [];
    private List<WriteItem> marks = [];
    private long commits;
    private bool stopping;

    public SqliteWriter(string file, WriteGate gate)
    {
        this.gate = gate;
        durable = Session.Durable(file);
        relaxed = Session.Relaxed(file);
        thread = new Thread(Work) { IsBackground = true, Name = "SQLite writer" };
        thread.Start();
    }

    /// <summary>Commits that waited for the disk, of all groups so far.</summary>
    public long Commits => Volatile.Read(ref commits);

    /// <summary>Durable when the task ends.</summary>
    public Task<T> Write<T>(Func<Session, T> work) => Enqueue(new WriteItem<T>(work), relaxedMark: false);

    /// <summary>Committed when the task ends, without having waited for the disk; goes before the durable group of the same moment.</summary>
    public Task<T> Mark<T>(Func<Session, T> work) => Enqueue(new WriteItem<T>(work), relaxedMark: true);

    /// <summary>Ends what has been asked for, then stops.</summary>
    public void Dispose()
    {
        lock (queueGate)
        {
            if (stopping)
            {
                return;
            }

            stopping = true;
        }

        asked.Release();
        thread.Join();
        durable.Dispose();
        relaxed.Dispose();
        asked.Dispose();
    }

    private Task<T> Enqueue<T>(WriteItem<T> item, bool relaxedMark)
    {
        lock (queueGate)
        {
            ObjectDisposedException.ThrowIf(stopping, this);
            (relaxedMark ? marks : queue).Add(item);

            // One signal is enough for all that wait together.
            if (queue.Count + marks.Count == 1)
            {
                asked.Release();
            }
        }

        return item.Done;
    }

    private void Work()
    {
        while (Take() is var (group, groupOfMarks))
        {
            gate.Enter();
            try
            {
                Commit(relaxed, groupOfMarks);
                if (Commit(durable, group))
                {
                    Interlocked.Increment(ref commits);
                }
            }
            finally
            {
                gate.Leave();
            }
        }
    }

    private (List<WriteItem> Group, List<WriteItem> Marks)? Take()
    {
        while (true)
        {
            asked.Wait();
            lock (queueGate)
            {
                if (queue.Count + marks.Count > 0)
                {
                    var taken = (queue, marks);
                    (queue, marks) = ([], []);
                    if (stopping)
                    {
                        asked.Release();
                    }

                    return taken;
                }

                if (stopping)
                {
                    return null;
                }
            }
        }
    }

    /// <summary>
    /// Dying before the COMMIT: nothing of the group happened and nobody was told that it had. After it: all of it is in the file, and
    /// callers that were not told find it there.
    /// </summary>
    private static bool Commit(Session session, List<WriteItem> group)
    {
        if (group.Count == 0)
        {
            return false;
        }

        try
        {
            session.Prepare("BEGIN IMMEDIATE").Run();
            foreach (var item in group)
            {
                RunInSavepoint(session, item);
            }

            session.Prepare("COMMIT").Run();
        }
        catch (Exception failure)
        {
            RollBack(session);
            group.ForEach(item => item.Fail(item.Failure ?? failure));
            return false;
        }

        foreach (var item in group)
        {
            if (item.Failure is { } failure)
            {
                item.Fail(failure);
            }
            else
            {
                item.Complete();
            }
        }

        return true;
    }

    private static void RunInSavepoint(Session session, WriteItem item)
    {
        session.Prepare("SAVEPOINT item").Run();
        try
        {
            item.Run(session);
        }
        catch (Exception failure)
        {
            item.Failure = failure;
            session.Prepare("ROLLBACK TO item").Run();
        }

        session.Prepare("RELEASE item").Run();
    }

    private static void RollBack(Session session)
    {
        try
        {
            session.Prepare("ROLLBACK").Run();
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full.
        }
    }
}
