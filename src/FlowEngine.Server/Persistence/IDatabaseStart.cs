namespace FlowEngine.Server.Persistence;

/// <summary>Makes the chosen database ready before anything else uses it: reachable, with the schema of this version.</summary>
public interface IDatabaseStart
{
    Task Run(CancellationToken cancel);
}
