namespace FlowEngine.Server.Composition;

/// <summary>
/// Requests reach the first middleware in the order in which their bytes reached this machine (decision record 006). By default two threads
/// read the sockets and the thread pool runs what they read, so two messages of a lead that come within a fifth of a millisecond on two
/// connections change places one time in eight.
/// </summary>
public static class ArrivalOrder
{
    /// <summary>Before the first socket of the process: one thread reads all sockets and carries on until the first wait.</summary>
    public static void OfSockets()
    {
        Prefer("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1");
        Prefer("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
    }

    private static void Prefer(string variable, string value)
    {
        if (Environment.GetEnvironmentVariable(variable) is null)
        {
            Environment.SetEnvironmentVariable(variable, value);
        }
    }
}
