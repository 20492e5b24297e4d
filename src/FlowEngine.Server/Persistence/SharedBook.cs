namespace FlowEngine.Server.Persistence;

/// <summary>What each node keeps in memory of the database, and reads again when any node has changed it.</summary>
/// <param name="Number">Of its row in the table of versions.</param>
public sealed record SharedBook(int Number, string Name, Func<CancellationToken, Task> Refresh)
{
    public const int Connections = 2;

    /// <summary>The company's and the departments' hours.</summary>
    public const int Company = 3;

    public const int Flows = 4;
}
