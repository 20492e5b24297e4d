namespace FlowEngine.Server.Persistence.Rows;

public enum ImportRowState { Waiting = 0, Created = 1, Duplicate = 2, Error = 3 }

/// <summary>One row of an import.</summary>
public sealed class StoredImportRow
{
    public Guid ImportId { get; set; }

    /// <summary>Line of the file; the header is 1.</summary>
    public int Number { get; set; }

    public ImportRowState State { get; set; }

    /// <summary>Id of the event that the row becomes: by it a worker that follows a dead one knows what that one had stored.</summary>
    public Guid EventId { get; set; }

    /// <summary>The lead as JSON; emptied once the row is done, because it names a person.</summary>
    public string? Input { get; set; }

    public Guid? ConversationId { get; set; }

    /// <summary>What is wrong, by field, as JSON.</summary>
    public string? Errors { get; set; }
}
