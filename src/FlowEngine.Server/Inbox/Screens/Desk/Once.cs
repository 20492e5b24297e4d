namespace FlowEngine.Server.Inbox.Screens.Desk;

/// <summary>What one button does, one at a time: pressed again while it is still being done (a double click), it does nothing.</summary>
public sealed class Once
{
    /// <summary>Whether it is being done.</summary>
    public bool Busy { get; private set; }

    public async Task Do(Func<Task> what)
    {
        if (Busy)
        {
            return;
        }

        Busy = true;
        try
        {
            await what();
        }
        finally
        {
            Busy = false;
        }
    }
}
