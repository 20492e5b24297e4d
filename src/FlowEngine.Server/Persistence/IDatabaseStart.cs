namespace FlowEngine.Server.Persistence;

/// <summary>Makes the chosen database ready before anything else uses it: reachable, with the schema of this version.</summary>
public interface IDatabaseStart
{
    /// <param name="seed">What must be done by one process alone before others use the database.</param>
    Task Run(CancellationToken cancel, Func<CancellationToken, Task>? seed = null);
}
