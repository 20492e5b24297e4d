namespace FlowEngine.Server.Persistence.Rows;

/// <summary>A business number or chat. The three secrets are stored only as protected bytes (Data Protection).</summary>
public sealed class StoredConnection
{
    /// <summary>Slug; part of the webhook's address.</summary>
    public required string Key { get; set; }

    public required string Name { get; set; }

    /// <summary>whatsapp, webchat, api.</summary>
    public required string Kind { get; set; }

    public string? Flow { get; set; }

    public string? Department { get; set; }

    public string? PhoneNumberId { get; set; }

    public string? BusinessAccountId { get; set; }

    public required string GraphBaseUrl { get; set; }

    public required string GraphVersion { get; set; }

    public bool EchoTakesOver { get; set; } = true;

    /// <summary>JSON list of words; null means the built-in ones.</summary>
    public string? EscapeWords { get; set; }

    /// <summary>Name of the API key of the outside automation that new leads go to.</summary>
    public string? Automation { get; set; }

    public bool AutomationTakesFlows { get; set; }

    public bool AutomationTakesQueues { get; set; }

    public bool Active { get; set; } = true;

    /// <summary>Look and origins of a web chat as JSON; null means as it is without any setting.</summary>
    public string? WebChat { get; set; }

    public byte[]? AccessToken { get; set; }

    public byte[]? AppSecret { get; set; }

    public byte[]? VerifyToken { get; set; }
}
