namespace FlowEngine.Server.Persistence.Rows;

public enum ImportState
{
    /// <summary>Its rows are still being stored; one that stays so is an upload that broke off, and nobody was told of it.</summary>
    Reading = 0,

    Working = 1,

    Finished = 2,
}

/// <summary>A large file of leads, worked through in batches; its rows say how far it is.</summary>
public sealed class StoredImport
{
    public Guid Id { get; set; }

    public ImportState State { get; set; }

    /// <summary>The caller's idempotency key, with the caller; null when none was given.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>What its rows' dedupe keys begin with.</summary>
    public required string KeyPrefix { get; set; }

    public string? FileName { get; set; }

    /// <summary>Name of the person or key that sent it.</summary>
    public required string CreatedBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Until when somebody works on it; a worker that dies leaves it to the next one from then on.</summary>
    public DateTimeOffset? WorkedUntil { get; set; }
}
