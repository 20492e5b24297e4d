namespace FlowEngine.Engine.Hooks;

/// <summary>Wakes the webhook sender after a commit that owes deliveries; a lost wake-up is found by its sweep.</summary>
public sealed class HookSignal : IDisposable
{
    private readonly Bell bell = new();

    public void Wake() => bell.Ring();

    /// <summary>Returns at the next wake-up, or after <paramref name="atMost"/>.</summary>
    public Task Wait(TimeSpan atMost, TimeProvider clock, CancellationToken cancel) => bell.Wait(atMost, clock, cancel);

    public void Dispose() => bell.Dispose();
}
