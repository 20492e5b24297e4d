namespace FlowEngine.Server.Hooks;

/// <summary>When a failed webhook is tried again: after 1, 2, 4 … seconds, at most an hour apart, for 24 hours.</summary>
public static class HookRetry
{
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <param name="attempts">How often it has failed, this time included.</param>
    /// <param name="wish">What the receiver asked for; kept within bounds.</param>
    /// <returns>Null when it is given up.</returns>
    public static DateTimeOffset? Next(DateTimeOffset owedSince, int attempts, TimeSpan? wish, DateTimeOffset now)
    {
        if (now - owedSince >= GiveUpAfter)
        {
            return null;
        }

        var own = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempts - 1, 12)));
        var wait = wish > own ? wish.Value : own;
        return now + (wait < Longest ? wait : Longest);
    }
}
