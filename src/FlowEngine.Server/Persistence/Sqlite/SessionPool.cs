using System.Collections.Concurrent;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>Connections that only read, as many as there are readers at the same time.</summary>
internal sealed class SessionPool(string file) : IDisposable
{
    private readonly ConcurrentBag<Session> idle = [];
    private volatile bool closed;
    private int busy;

    /// <summary>Connections in use at this moment.</summary>
    public int Busy => Volatile.Read(ref busy);

    /// <summary>Everything that <paramref name="read"/> reads is of one moment.</summary>
    public T Read<TInput, T>(TInput input, Func<Session, TInput, T> read)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        var session = idle.TryTake(out var found) ? found : Session.Reading(file);
        Interlocked.Increment(ref busy);
        try
        {
            session.Prepare("BEGIN").Run();
            var result = read(session, input);
            session.Prepare("COMMIT").Run();
            Return(session);
            return result;
        }
        catch
        {
            session.Dispose();
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref busy);
        }
    }

    public void Dispose()
    {
        closed = true;
        while (idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private void Return(Session session)
    {
        idle.Add(session);
        if (closed)
        {
            Dispose();
        }
    }
}
