namespace FlowEngine.Server.Persistence.Rows;

public sealed class StoredDepartment
{
    /// <summary>Slug.</summary>
    public required string Key { get; set; }

    public required string Name { get; set; }

    public bool Active { get; set; } = true;

    /// <summary>Key of the department that takes over what this one cannot.</summary>
    public string? Overflow { get; set; }

    /// <summary>Weekly business hours as JSON; null means those of the company.</summary>
    public string? Hours { get; set; }

    /// <summary>Targets in minutes; null is none.</summary>
    public int? FirstResponseMinutes { get; set; }

    public int? NextResponseMinutes { get; set; }

    public int? OverflowMinutes { get; set; }

    public bool PauseWhenClosed { get; set; } = true;

    public List<StoredDepartmentMember> Members { get; } = [];
}
