namespace FlowEngine.Server.Persistence.Rows;

/// <summary>A setting of the installation that the screens change: time zone, business hours …</summary>
public sealed class StoredSetting
{
    public required string Key { get; set; }

    /// <summary>JSON.</summary>
    public required string Value { get; set; }
}
