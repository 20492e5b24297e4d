namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>
/// The one writer of the turn store (decision 10): a thread that takes everything that has been asked for meanwhile and commits it as
/// one group, with one wait for the disk. An item that fails takes only itself back.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    // A monitor, because its waiting does not spin: between groups the thread waits for milliseconds.
    private readonly object queueGate = new();
    private readonly WriteGate gate;
    private readonly Session session;
    private readonly Thread thread;
    private List<WriteItem> queue = [];
    private List<WriteItem> marks = [];
    private long commits;
    private bool stopping;

    public SqliteWriter(string file, WriteGate gate)
    {
        this.gate = gate;
        session = Session.Writing(file);
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
            Monitor.Pulse(queueGate);
        }

        thread.Join();
        session.Dispose();
    }

    private Task<T> Enqueue<T>(WriteItem<T> item, bool relaxedMark)
    {
        lock (queueGate)
        {
            ObjectDisposedException.ThrowIf(stopping, this);
            (relaxedMark ? marks : queue).Add(item);
            Monitor.Pulse(queueGate);
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
                if (groupOfMarks.Count > 0)
                {
                    session.WaitForDisk(false);
                    Commit(groupOfMarks, durable: false);
                    session.WaitForDisk(true);
                }

                Commit(group, durable: true);
            }
            finally
            {
                gate.Leave();
            }
        }
    }

    private (List<WriteItem> Group, List<WriteItem> Marks)? Take()
    {
        lock (queueGate)
        {
            while (queue.Count + marks.Count == 0)
            {
                if (stopping)
                {
                    return null;
                }

                Monitor.Wait(queueGate);
            }

            var taken = (queue, marks);
            (queue, marks) = ([], []);
            return taken;
        }
    }

    /// <summary>
    /// Dying before the COMMIT: nothing of the group happened and nobody was told that it had. After it: all of it is in the file, and
    /// callers that were not told find it there.
    /// </summary>
    private void Commit(List<WriteItem> group, bool durable)
    {
        if (group.Count == 0)
        {
            return;
        }

        try
        {
            session.Prepare("BEGIN IMMEDIATE").Run();
            foreach (var item in group)
            {
                RunInSavepoint(item);
            }

            session.Prepare("COMMIT").Run();
        }
        catch (Exception failure)
        {
            RollBack();
            group.ForEach(item => item.Fail(item.Failure ?? failure));
            return;
        }

        // Counted before anybody is told, so that whoever was told finds it counted.
        Interlocked.Add(ref commits, durable ? 1 : 0);
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
    }

    private void RunInSavepoint(WriteItem item)
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

    private void RollBack()
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
