namespace FlowEngine.Engine.Mailbox;

/// <summary>The door for everything that channels, forms and imports bring: stored durably first, then its mailboxes are woken.</summary>
public sealed class Intake
{
    /// <summary>When this returns the events survive a crash, and the provider may be answered 200.</summary>
    public ValueTask<IReadOnlyList<AppendResult>> Accept(IReadOnlyList<NewEvent> events, CancellationToken cancel) => throw new NotImplementedException();
}
