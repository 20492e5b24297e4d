namespace FlowEngine.Engine.Hooks;

/// <summary>One outgoing webhook of the configuration.</summary>
/// <param name="Events">The types it wants; empty means all of them.</param>
/// <param name="Secret">Key of the signature; null sends unsigned.</param>
public sealed record HookEndpoint(Uri Url, IReadOnlySet<string> Events, string? Secret)
{
    public bool Wants(string type) => Events.Count == 0 || Events.Contains(type);

    /// <summary>Without the secret, which no log may show.</summary>
    public override string ToString() => $"webhook {Url.GetLeftPart(UriPartial.Path)}";
}

/// <summary>The outgoing webhooks in the order of the configuration; a delivery names its webhook by that index.</summary>
public sealed record HookSettings(IReadOnlyList<HookEndpoint> Endpoints)
{
    public static readonly HookSettings None = new([]);
}
